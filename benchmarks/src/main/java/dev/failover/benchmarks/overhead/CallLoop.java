package dev.failover.benchmarks.overhead;

import java.sql.SQLException;

import javax.sql.DataSource;

import org.openjdk.jmh.infra.Blackhole;

/**
 * Calls a data source many times.
 */
interface CallLoop {

	/**
	 * Borrow a connection and give it back, so many times.
	 */
	void connections(DataSource dataSource, int times, Blackhole hole) throws SQLException;

	/**
	 * Borrow a connection, execute a prepared statement, read its answer and close all,
	 * so many times.
	 */
	void statements(DataSource dataSource, int times, Blackhole hole) throws SQLException;

}
