package dev.failover.benchmarks.overhead;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.stub.StubNode;

/**
 * The pool alone, by which all others are measured.
 */
final class BareHikari extends HikariContender {

	static final String NAME = "HikariCP alone";

	BareHikari() {
		super(NAME, HikariDataSource.class);
	}

	@Override
	public DataSource open() {
		return pool(StubNode.PRIMARY);
	}

}
