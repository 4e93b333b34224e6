package dev.failover.autoconfigure;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.Node;
import org.jspecify.annotations.Nullable;

/**
 * Finds the URL at which the cluster manager of each node says whether the node leads.
 */
final class WitnessUrls {

	private static final String PROPERTY = "witness-url";

	private WitnessUrls() {
	}

	/**
	 * Returns the URL of each node that has one.
	 * @throws FailoverConfigurationException if one is not an HTTP URL, or contains
	 * credentials
	 */
	static Map<Node, URI> of(FailoverProperties properties, List<ConfiguredNode> nodes) {
		Map<Node, URI> urls = new LinkedHashMap<>();
		for (ConfiguredNode node : nodes) {
			URI url = find(properties, node);
			if (url != null && !url.toString().isBlank()) {
				check(url, node);
				urls.put(node.node(), url);
			}
		}
		return urls;
	}

	private static @Nullable URI find(FailoverProperties properties, ConfiguredNode node) {
		if (node.equals(ConfiguredNode.PRIMARY)) {
			return properties.getPrimary().getWitnessUrl();
		}
		MirrorProperties mirror = properties.findMirror(node);
		return (mirror != null) ? mirror.getWitnessUrl() : null;
	}

	private static void check(URI url, ConfiguredNode node) {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null || url.getUserInfo() != null) {
			String property = node.equals(ConfiguredNode.PRIMARY) ? "'failover.primary." + PROPERTY + "'"
					: node.property(PROPERTY);
			String found = (url.getUserInfo() != null) ? "contains credentials, which are not sent"
					: "is '" + url + "', which is not an HTTP URL";
			throw new FailoverConfigurationException("The property " + property + " " + found + ".",
					"Set it to the URL at which the cluster manager of the node says whether the node leads, such as "
							+ "'http://db1:8008/primary' of Patroni, or remove it.");
		}
	}

}
