package dev.failover.benchmarks.overhead;

import javax.sql.DataSource;

/**
 * One way to a database that a user could pick. Made anew for each measurement.
 */
public interface Contender extends AutoCloseable {

	/**
	 * Its name in the tables.
	 */
	String name();

	/**
	 * A class of its library, for the version.
	 */
	Class<?> library();

	/**
	 * Build it over the stub, as its manual says.
	 * @throws Exception if it does not run on the stub
	 */
	DataSource open() throws Exception;

	/**
	 * Close what was opened.
	 */
	@Override
	void close();

}
