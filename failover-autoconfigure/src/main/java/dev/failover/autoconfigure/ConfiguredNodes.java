package dev.failover.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import dev.failover.Node;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Nodes that are configured: the primary, then the mirrors in order of preference.
 *
 * @param all all nodes
 */
record ConfiguredNodes(List<ConfiguredNode> all) {

	/** Names that can be used in properties, meters, beans and the endpoint. */
	private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*");

	/** Names that stand for something else in the meters. */
	private static final Pattern RESERVED = Pattern.compile("(?i)none|all");

	/**
	 * Creates the list.
	 * @throws FailoverConfigurationException if a name is not valid or not unique
	 */
	ConfiguredNodes {
		all = List.copyOf(all);
		for (int i = 0; i < all.size(); i++) {
			check(all.get(i), all.subList(0, i));
		}
	}

	private static void check(ConfiguredNode node, List<ConfiguredNode> before) {
		String name = node.node().name();
		String rename = (node.detailsBean() != null) ? "Rename the bean" : "Choose another name";
		if (!NAME.matcher(name).matches() || RESERVED.matcher(name).matches()) {
			throw new FailoverConfigurationException(
					"The mirror that is configured by " + node.origin() + " has the name '" + name
							+ "', which a node cannot have.",
					rename + ". A name consists of letters, digits and '-', begins with a letter or a digit, and is "
							+ "neither 'none' nor 'all'.");
		}
		before.stream().filter((other) -> other.node().name().equalsIgnoreCase(name)).findFirst().ifPresent((other) -> {
			throw new FailoverConfigurationException("The node '" + other.node() + "' is configured twice, by "
					+ other.origin() + " and by " + node.origin() + ".", rename + ", or remove one of the two.");
		});
	}

	/**
	 * Finds the nodes. Creates no beans.
	 * @throws FailoverConfigurationException if a name is not valid or not unique
	 */
	static ConfiguredNodes find(Environment environment, ListableBeanFactory beans) {
		List<ConfiguredNode> mirrors = findBeans(beans);
		List<ConfiguredNode> all = new ArrayList<>(List.of(ConfiguredNode.PRIMARY));
		all.addAll(mirrors.isEmpty() ? MirrorUrls.find(environment) : mirrors);
		return new ConfiguredNodes(all);
	}

	private static List<ConfiguredNode> findBeans(ListableBeanFactory beans) {
		List<String> names = Arrays.asList(
				BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, MirrorConnectionDetails.class, true, false));
		List<String> primary = names.stream().filter((name) -> isPrimary(name, beans)).toList();
		List<String> used = (primary.size() == 1) ? primary : names;
		if (used.size() == 1) {
			return List.of(ConfiguredNode.mirrorOfBean(ConfiguredNode.MIRROR_NAME, used.get(0)));
		}
		return used.stream()
			.sorted(Comparator.comparingInt((name) -> order(name, beans)))
			.map((name) -> ConfiguredNode.mirrorOfBean(name, name))
			.toList();
	}

	private static boolean isPrimary(String name, ListableBeanFactory beans) {
		return beans instanceof ConfigurableListableBeanFactory factory && factory.containsBeanDefinition(name)
				&& factory.getMergedBeanDefinition(name).isPrimary();
	}

	private static int order(String name, ListableBeanFactory beans) {
		Order order = beans.findAnnotationOnBean(name, Order.class, false);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Returns the mirrors, in order of preference.
	 */
	List<ConfiguredNode> mirrors() {
		return this.all.subList(1, this.all.size());
	}

	/**
	 * Returns the configuration of a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	ConfiguredNode get(Node node) {
		return this.all.stream()
			.filter((configured) -> configured.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no node named '" + node + "'"));
	}

}
