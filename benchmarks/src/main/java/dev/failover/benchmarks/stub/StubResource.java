package dev.failover.benchmarks.stub;

/**
 * What is open until it is closed. For one thread at a time, as JDBC has it.
 */
abstract class StubResource {

	private boolean closed;

	public void close() {
		this.closed = true;
	}

	public boolean isClosed() {
		return this.closed;
	}

}
