package dev.failover.benchmarks.overhead;

import java.sql.SQLException;

import javax.sql.DataSource;

import org.openjdk.jmh.infra.Blackhole;

/**
 * One of those that take turns in a JVM: an operation through a contender.
 *
 * @param operation the operation
 * @param loop the contender's own loop
 * @param dataSource the contender's data source
 */
record Turn(Operation operation, CallLoop loop, DataSource dataSource) {

	void call(int times, Blackhole hole) throws SQLException {
		if (this.operation == Operation.CONNECTION) {
			this.loop.connections(this.dataSource, times, hole);
		}
		else {
			this.loop.statements(this.dataSource, times, hole);
		}
	}

}
