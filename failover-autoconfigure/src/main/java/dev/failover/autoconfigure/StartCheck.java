package dev.failover.autoconfigure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.failover.internal.error.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Checks, before any bean is defined, what would make failover absent without a word: the
 * version of Boot, missing libraries, and properties that do not exist.
 */
final class StartCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	private static final int BOOT = 4;

	/** Bean that exists wherever a mirror is configured. */
	private static final String PROCESSED = "failoverBackOffWarning";

	/** Classes without which failover is not configured, and their artifacts. */
	private static final Map<String, String> REQUIRED = Map.of("com.zaxxer.hikari.HikariDataSource",
			"com.zaxxer:HikariCP", "org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource",
			"org.springframework:spring-jdbc", "io.github.resilience4j.circuitbreaker.CircuitBreaker",
			"io.github.resilience4j:resilience4j-circuitbreaker");

	private final String bootVersion;

	StartCheck() {
		this(SpringBootVersion.getVersion());
	}

	StartCheck(String bootVersion) {
		this.bootVersion = bootVersion;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		boolean enabled = environment.getProperty("failover.enabled", Boolean.class, true);
		boolean configured = !MirrorUrls.find(environment).isEmpty();
		if (enabled) {
			checkBoot();
			if (configured) {
				checkLibraries(context.getClassLoader());
			}
			checkProperties(environment, configured);
		}
		if (AotDetector.useGeneratedArtifacts()) {
			checkAot(enabled && configured, context.getBeanFactory());
		}
	}

	/**
	 * Checks an application that was processed ahead of time: whether failover is on was
	 * decided then.
	 * @param wanted whether failover is to be on now
	 */
	private static void checkAot(boolean wanted, ConfigurableListableBeanFactory beans) {
		if (wanted && !beans.containsBeanDefinition(PROCESSED)) {
			throw new FailoverConfigurationException(
					"A mirror is configured now, but none was when the application was processed ahead of time, "
							+ "where it is decided whether failover is on.",
					"Set '" + ConfiguredNode.MIRROR_PREFIX + ".url' for the processing, too, to a placeholder such as "
							+ "'${MIRROR_URL}', or set 'failover.enabled' to false.");
		}
	}

	private void checkBoot() {
		if (majorVersion() < BOOT) {
			throw new FailoverConfigurationException(
					"Failover requires Spring Boot " + BOOT + " or later, but the application runs on Spring Boot "
							+ this.bootVersion + ".",
					"Upgrade Spring Boot, or remove the dependency on failover-spring-boot-starter.");
		}
	}

	private int majorVersion() {
		String major = this.bootVersion.replaceFirst("\\..*", "");
		return major.matches("\\d{1,4}") ? Integer.parseInt(major) : BOOT;
	}

	private static void checkLibraries(@Nullable ClassLoader classLoader) {
		List<String> missing = REQUIRED.entrySet()
			.stream()
			.filter((required) -> !ClassUtils.isPresent(required.getKey(), classLoader))
			.map(Map.Entry::getValue)
			.sorted()
			.toList();
		if (!missing.isEmpty()) {
			throw new FailoverConfigurationException(
					"A mirror is configured, but failover cannot work without " + String.join(", ", missing)
							+ ", which is not on the class path.",
					"Add the dependency, or set 'failover.enabled' to false.");
		}
	}

	private static void checkProperties(Environment environment, boolean configured) {
		Set<String> reported = new LinkedHashSet<>();
		PropertyNames names = null;
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
			for (String name : names(source)) {
				if (PropertyNames.isMeant(name) && reported.add(name)) {
					names = (names != null) ? names : new PropertyNames();
					check(name, names, variables, configured);
				}
			}
		}
	}

	private static List<String> names(ConfigurationPropertySource source) {
		return (source instanceof IterableConfigurationPropertySource iterable)
				? iterable.stream().map((name) -> name.toString().replace('[', '.').replace("]", "")).toList()
				: List.of();
	}

	/**
	 * Reports a property that does not exist. A variable of the environment may belong to
	 * something else of that name, so it is only reported if a property has a name like
	 * it.
	 */
	private static void check(String name, PropertyNames names, boolean variable, boolean configured) {
		if (names.exists(name, variable)) {
			return;
		}
		Optional<String> nearest = names.nearest(name);
		String found = "The property '" + ErrorText.bound(name) + "' does not exist and is ignored";
		if (!configured && nearest.filter((meant) -> meant.endsWith(".url")).isPresent()) {
			logger.error("{}, so that failover is off: no mirror is configured. Rename it to '{}'", found,
					nearest.get());
		}
		else if (nearest.isPresent()) {
			logger.warn("{}. Rename it to '{}'", found, nearest.get());
		}
		else if (!variable) {
			logger.warn("{}. Remove it; the page 'configuration' of the documentation lists all properties", found);
		}
	}

}
