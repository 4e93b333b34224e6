package dev.failover;

/**
 * Name of a JDBC URL in the configuration and of the pool on it. A node is not a server:
 * its URL may lead to one server today and to another tomorrow.
 *
 * @param name name in configuration, meters, log and the endpoint
 */
public record Node(String name) {

	public Node {
		if (name.isBlank()) {
			throw new IllegalArgumentException("The name of a node must not be blank");
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
