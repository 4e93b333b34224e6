package dev.failover.benchmarks.overhead;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.ConfigurableApplicationContext;

import dev.failover.benchmarks.stub.StubApplication;
import dev.failover.benchmarks.stub.StubNode;

/**
 * What is measured: borrowing a connection, and a statement from beginning to end. JMH
 * extends it and so wants it public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Cycle {

	@Param(BareHikari.NAME)
	public String name = BareHikari.NAME;

	private Contender contender = new BareHikari();

	@SuppressWarnings("NullAway.Init")
	private DataSource dataSource;

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext application;

	/**
	 * Every contender is measured in a JVM that runs an application, as ours is in its
	 * own: what the JVM has loaded and compiled before costs some nanoseconds by itself.
	 */
	@Setup
	public void open() throws Exception {
		this.application = StubApplication.start(List.of());
		this.contender = Contenders.named(this.name);
		this.dataSource = this.contender.open();
	}

	@TearDown
	public void close() {
		this.contender.close();
		this.application.close();
	}

	/**
	 * Borrow a connection and give it back.
	 */
	@Benchmark
	public Connection connection() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			return connection;
		}
	}

	/**
	 * Borrow a connection, execute a prepared statement, read its answer and close all.
	 */
	@Benchmark
	public int statement() throws SQLException {
		return execute(this.dataSource);
	}

	static int execute(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			return query(connection);
		}
	}

	/**
	 * Compiled by itself, as it is in an application, where whoever asks for a connection
	 * and whoever uses it are far apart: else the compiler would sometimes remove the
	 * stub's and the pool's objects altogether and sometimes not, by chance.
	 */
	@CompilerControl(CompilerControl.Mode.DONT_INLINE)
	static int query(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(StubNode.STATEMENT);
				ResultSet row = statement.executeQuery()) {
			return row.next() ? row.getInt(1) : 0;
		}
	}

}
