package dev.failover.benchmarks.overhead;

import java.util.ArrayDeque;
import java.util.Deque;

import javax.sql.DataSource;

import dev.failover.benchmarks.stub.StubNode;

/**
 * A way to a database that a user could choose. Each measurement makes a new one.
 */
public abstract class Contender implements AutoCloseable {

	private final String name;

	private final Class<?> library;

	private final Deque<AutoCloseable> opened = new ArrayDeque<>();

	/**
	 * Creates a contender.
	 * @param name its name in the tables
	 * @param library a class of its library, for the version
	 */
	protected Contender(String name, Class<?> library) {
		this.name = name;
		this.library = library;
	}

	final String name() {
		return this.name;
	}

	final Class<?> library() {
		return this.library;
	}

	/**
	 * Builds the data source over the stub, as the manual of the product says.
	 * @throws Exception if the product does not run on the stub
	 */
	public abstract DataSource open() throws Exception;

	/**
	 * Opens a HikariCP pool on a node. {@link #close()} closes it.
	 */
	protected final DataSource pool(StubNode node) {
		return closeLater(node.openPool());
	}

	/**
	 * Lets {@link #close()} close what was opened, the last first.
	 */
	protected final <T extends AutoCloseable> T closeLater(T resource) {
		this.opened.push(resource);
		return resource;
	}

	@Override
	public final void close() {
		for (AutoCloseable resource : this.opened) {
			try {
				resource.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("Cannot close " + this.name, ex);
			}
		}
	}

}
