package dev.failover.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configuration metadata of everything on the class path.
 */
final class Metadata {

	private static final Map<String, Property> PROPERTIES = read();

	private Metadata() {
	}

	/**
	 * Returns the properties of failover, by their names.
	 */
	static Map<String, Property> failover() {
		return PROPERTIES.entrySet()
			.stream()
			.filter((property) -> property.getKey().startsWith("failover."))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
	}

	/**
	 * Returns whether a name is that of a property, or of a group of properties if it
	 * ends in {@code .*}.
	 */
	static boolean exists(String name) {
		String known = name.replaceFirst("^failover\\.mirrors\\.[^.]+\\.", "failover.mirror.")
			.replaceFirst("^failover\\.<node>\\.", "failover.mirror.")
			.replaceFirst("^failover\\.mirror\\.hikari\\.", "spring.datasource.hikari.");
		if (known.endsWith(".*")) {
			String group = known.substring(0, known.length() - 1);
			return PROPERTIES.keySet()
				.stream()
				.anyMatch((property) -> property.startsWith(group) || group.equals(property + "."));
		}
		return PROPERTIES.containsKey(known) || PROPERTIES.entrySet()
			.stream()
			.anyMatch((property) -> property.getValue().isMap() && !property.getKey().startsWith("failover.")
					&& known.startsWith(property.getKey() + "."));
	}

	private static Map<String, Property> read() {
		Map<String, Property> properties = new TreeMap<>();
		try {
			ClassLoader loader = Metadata.class.getClassLoader();
			for (String file : List.of("spring-configuration-metadata.json",
					"additional-spring-configuration-metadata.json")) {
				for (URL url : Collections.list(loader.getResources("META-INF/" + file))) {
					add(url, properties);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	@SuppressWarnings("unchecked")
	private static void add(URL url, Map<String, Property> properties) throws IOException {
		try (InputStream in = url.openStream()) {
			Map<String, Object> metadata = new JsonMapper().readValue(in, Map.class);
			for (Map<String, Object> property : (List<Map<String, Object>>) metadata.getOrDefault("properties",
					List.of())) {
				Object value = property.get("defaultValue");
				properties.putIfAbsent(String.valueOf(property.get("name")),
						new Property(String.valueOf(property.get("type")), (value != null) ? value.toString() : null));
			}
		}
	}

	/**
	 * A property.
	 *
	 * @param type its type
	 * @param defaultValue its default, or null if there is none
	 */
	record Property(String type, @Nullable String defaultValue) {

		boolean isMap() {
			return this.type.startsWith("java.util.Map") || this.type.startsWith("java.util.Properties");
		}

	}

}
