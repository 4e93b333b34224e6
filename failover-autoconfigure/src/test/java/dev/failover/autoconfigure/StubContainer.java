package dev.failover.autoconfigure;

import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Container of a database that needs no Docker and runs no server.
 */
final class StubContainer extends JdbcDatabaseContainer<StubContainer> {

	private final int port;

	/**
	 * Creates a container.
	 * @param port port in its URL
	 */
	StubContainer(int port) {
		super(DockerImageName.parse("postgres"));
		this.port = port;
	}

	@Override
	public String getDockerImageName() {
		return "postgres";
	}

	@Override
	public void start() {
	}

	@Override
	public void stop() {
	}

	@Override
	public String getDriverClassName() {
		return "org.postgresql.Driver";
	}

	@Override
	public String getJdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/test";
	}

	@Override
	public String getUsername() {
		return "user" + this.port;
	}

	@Override
	public String getPassword() {
		return "s3cret" + this.port;
	}

	@Override
	protected String getTestQueryString() {
		return "SELECT 1";
	}

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
