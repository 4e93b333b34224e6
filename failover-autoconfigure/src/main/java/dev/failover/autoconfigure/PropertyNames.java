package dev.failover.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Names of all properties of failover, and the nearest of them to a name that does not
 * exist.
 */
final class PropertyNames {

	/** Prefixes that are often taken for ours. */
	private static final Map<String, String> MISPLACED = Map.of("spring.failover.", "failover.",
			"spring.datasource.failover.", "failover.", "spring.datasource.mirror.", "failover.mirror.");

	/** Properties of other modules. */
	private static final Set<String> OTHERS = Set.of("failover.embedded.", "failover.page.");

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<String> mirror = new LinkedHashSet<>();

	PropertyNames() {
		collect("failover.", FailoverProperties.class, this.names::add);
		collect("", MirrorProperties.class, this.mirror::add);
	}

	/**
	 * Adds the names of properties that have a setter, in groups and outside of them.
	 */
	private static void collect(String prefix, Class<?> type, Consumer<String> names) {
		for (Method method : type.getDeclaredMethods()) {
			String property = method.getName().substring(Math.min(3, method.getName().length()));
			String name = prefix + dashed(property);
			if (Modifier.isPublic(method.getModifiers()) && method.getName().startsWith("set")) {
				names.accept(name);
			}
			else if (method.getName().startsWith("get") && method.getReturnType().getName().contains("Properties")) {
				collect(name + ".", method.getReturnType(), names);
			}
		}
	}

	private static String dashed(String property) {
		return StringUtils.uncapitalize(property).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether a name looks like one of ours.
	 */
	static boolean isMeant(String name) {
		return (name.startsWith("failover.") && OTHERS.stream().noneMatch(name::startsWith))
				|| MISPLACED.keySet().stream().anyMatch(name::startsWith);
	}

	/**
	 * Returns whether a property exists.
	 * @param relaxed whether words may be separated in any way, as in environment
	 * variables
	 */
	boolean exists(String name, boolean relaxed) {
		String[] named = named(name);
		if (named != null) {
			return contains(this.mirror, named[1], relaxed);
		}
		return contains(this.names, name, relaxed);
	}

	private static boolean contains(Set<String> names, String name, boolean relaxed) {
		return names.contains(name) || names.stream().anyMatch((one) -> matches(one, name, relaxed));
	}

	private static boolean matches(String one, String name, boolean relaxed) {
		boolean map = one.endsWith("hikari") && squashed(name).startsWith(squashed(one));
		return map || (relaxed ? squashed(one).equals(squashed(name))
				: one.replace("-", "").equals(name.replace("-", "")));
	}

	/**
	 * Returns the property that is probably meant by a name that does not exist.
	 */
	Optional<String> nearest(String name) {
		String[] named = named(name);
		if (named != null) {
			return nearest(this.mirror, named[1]).map((property) -> named[0] + property);
		}
		String placed = MISPLACED.entrySet()
			.stream()
			.filter((entry) -> name.startsWith(entry.getKey()))
			.map((entry) -> entry.getValue() + name.substring(entry.getKey().length()))
			.findFirst()
			.orElse(name);
		return nearest(this.names, placed);
	}

	private static Optional<String> nearest(Set<String> names, String name) {
		String meant = squashed(name);
		int limit = Math.max(2, meant.length() / 4);
		return names.stream()
			.filter((one) -> difference(squashed(one), meant) <= limit)
			.min(Comparator.comparingInt((one) -> difference(squashed(one), meant)));
	}

	/**
	 * Returns the distance of two names, which is small if one is the beginning of the
	 * other.
	 */
	private static int difference(String one, String meant) {
		return (one.startsWith(meant) && !one.equals(meant)) ? 1 : distance(one, meant);
	}

	/**
	 * Returns the prefix and the rest of a property of a mirror that has a name, or null.
	 */
	private static String @Nullable [] named(String name) {
		String prefix = ConfiguredNode.MIRRORS_PREFIX + ".";
		int end = name.startsWith(prefix) ? name.indexOf('.', prefix.length()) : -1;
		return (end != -1) ? new String[] { name.substring(0, end + 1), name.substring(end + 1) } : null;
	}

	private static String squashed(String name) {
		return name.replaceAll("[^a-z0-9]", "");
	}

	/**
	 * Returns the number of characters to insert, delete or replace (Levenshtein
	 * distance).
	 */
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int replaced = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[other.length()];
	}

}
