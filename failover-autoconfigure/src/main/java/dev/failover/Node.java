package dev.failover;

/**
 * One database server and the pool on it, known by its name.
 *
 * @param name the name that configuration, metrics and the endpoint use
 */
public record Node(String name) {

	public Node {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A node needs a name");
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
