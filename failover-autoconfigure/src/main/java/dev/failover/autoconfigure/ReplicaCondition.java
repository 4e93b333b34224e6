package dev.failover.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.failover.dialect.Dialect;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Does not match if the primary is a database without a dialect and no mirror has a URL
 * of that database: a profile with another database for developers or tests, while the
 * mirror is still that of production, which must get no work then.
 */
final class ReplicaCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("replica of the primary");
		ListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
		boolean configured = Stream.of(MirrorConnectionDetails.class, JdbcConnectionDetails.class, Dialect.class)
			.anyMatch((type) -> beans.getBeanNamesForType(type, true, false).length > 0);
		String mismatch = configured ? null : mismatch(context.getEnvironment());
		return (mismatch != null) ? ConditionOutcome.noMatch(message.because(mismatch))
				: ConditionOutcome.match(message.foundExactly("no mirror of another product"));
	}

	/**
	 * Returns the reason why no mirror can be a replica of the primary, or null.
	 */
	static @Nullable String mismatch(Environment environment) {
		String primary = url(environment, ConfiguredNode.PRIMARY);
		List<ConfiguredNode> mirrors = MirrorUrls.find(environment);
		if (!primary.startsWith("jdbc:") || mirrors.isEmpty()) {
			return null;
		}
		String scheme = new ConfiguredUrl(primary, ConfiguredNode.PRIMARY).scheme();
		boolean foreign = mirrors.stream().noneMatch((mirror) -> url(environment, mirror).startsWith(scheme));
		if (!foreign || new DialectSelector(List.of()).find(primary).isPresent()) {
			return null;
		}
		ConfiguredNode first = mirrors.get(0);
		return ConfiguredNode.PRIMARY.property("url") + " begins with '" + scheme + "' and " + first.property("url")
				+ " with '" + new ConfiguredUrl(url(environment, first), first).scheme()
				+ "', which is not a replica of it";
	}

	private static String url(Environment environment, ConfiguredNode node) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(node.prefix() + ".url", '.');
		return Binder.get(environment).bind(name, Bindable.of(String.class)).orElse("");
	}

}
