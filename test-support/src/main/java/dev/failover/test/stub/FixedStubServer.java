package dev.failover.test.stub;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.function.Function;

/**
 * A server that answers each statement from memory, at once and always alike. It counts
 * nothing and takes no lock; a call allocates the JDBC objects that it returns and
 * nothing else. It presents itself as a PostgreSQL without tables. Thread-safe.
 */
public final class FixedStubServer extends StubBackend {

	private final String url;

	private final String host;

	private final Function<String, StubRows> answers;

	/**
	 * Creates the server and registers it with the driver, for the life of the JVM.
	 * @param url a JDBC URL with {@code //host:port/}; every URL with this host and port
	 * leads to the server, whatever its parameters
	 * @param answers the rows of each statement; must be fast
	 */
	public FixedStubServer(String url, Function<String, StubRows> answers) {
		this.url = url;
		int begin = url.indexOf("//");
		this.host = url.substring(begin, url.indexOf('/', begin + 2) + 1);
		this.answers = answers;
		StubDriver.add(this);
	}

	@Override
	public String url() {
		return this.url;
	}

	@Override
	boolean accepts(String candidate) {
		return candidate.contains(this.host);
	}

	@Override
	public Connection connect() {
		return StubConnection.to(this, Connection.TRANSACTION_READ_COMMITTED, 0);
	}

	@Override
	StubRows execute(StubConnection connection, String sql) {
		return this.answers.apply(sql);
	}

	@Override
	void ended(StubConnection connection, boolean aborted) {
	}

	@Override
	DatabaseMetaData metaData(StubConnection connection) {
		return StubMetaData.of(connection);
	}

}
