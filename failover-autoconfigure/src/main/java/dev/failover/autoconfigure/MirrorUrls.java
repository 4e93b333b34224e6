package dev.failover.autoconfigure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds the mirrors that have a URL in the environment.
 */
final class MirrorUrls {

	private static final ConfigurationPropertyName MIRROR = ConfigurationPropertyName.of(ConfiguredNode.MIRROR_PREFIX);

	private static final ConfigurationPropertyName MIRRORS = ConfigurationPropertyName
		.of(ConfiguredNode.MIRRORS_PREFIX);

	private MirrorUrls() {
	}

	/**
	 * Returns the mirrors whose URL is not blank, in order of preference: that of
	 * {@code failover.mirror}, then those of {@code failover.mirrors}. A placeholder that
	 * cannot be resolved counts as a URL: the start of the pool reports it. Names are not
	 * checked.
	 */
	static List<ConfiguredNode> find(Environment environment) {
		Binder binder = Binder.get(environment);
		return Stream.concat(Stream.of(MIRROR), named(environment).stream())
			.filter((prefix) -> StringUtils
				.hasText(binder.bind(prefix.append("url"), Bindable.of(String.class)).orElse("")))
			.map(MirrorUrls::mirror)
			.toList();
	}

	private static ConfiguredNode mirror(ConfigurationPropertyName prefix) {
		String name = prefix.getLastElement(Form.ORIGINAL);
		String element = prefix.isLastElementIndexed() ? "[" + name + "]" : "." + name;
		return ConfiguredNode.mirror(name, prefix.getParent() + element);
	}

	/**
	 * Returns the prefixes of the mirrors that have names. Sources of low precedence come
	 * first: what overrides a property of a mirror, such as an environment variable,
	 * changes neither the order nor the spelling of the names.
	 */
	private static Set<ConfigurationPropertyName> named(Environment environment) {
		Deque<ConfigurationPropertySource> sources = new ArrayDeque<>();
		ConfigurationPropertySources.get(environment).forEach(sources::addFirst);
		Set<ConfigurationPropertyName> found = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource names
					&& source.containsDescendantOf(MIRRORS) != ConfigurationPropertyState.ABSENT) {
				names.stream()
					.filter(MIRRORS::isAncestorOf)
					.map((name) -> name.chop(MIRRORS.getNumberOfElements() + 1))
					.forEach(found::add);
			}
		}
		return found;
	}

}
