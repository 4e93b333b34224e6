package dev.failover.benchmarks.overhead;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import dev.failover.benchmarks.stub.StubNode;

/**
 * The pool alone, by which all others are measured.
 */
final class BareHikari extends HikariContender {

	static final String NAME = "HikariCP alone";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Class<?> library() {
		return HikariDataSource.class;
	}

	@Override
	public DataSource open() {
		return pool(StubNode.PRIMARY);
	}

}
