package dev.failover.benchmarks.overhead;

import java.sql.Connection;

import javax.sql.DataSource;

import dev.failover.benchmarks.stub.StubNode;

import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Spring's proxy that fetches a connection at the first statement, with read-only work
 * for the mirror; its defaults are set, so that it never asks for them.
 */
final class LazyProxy extends HikariContender {

	LazyProxy() {
		super("LazyConnectionDataSourceProxy", LazyConnectionDataSourceProxy.class);
	}

	@Override
	public DataSource open() {
		LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
		proxy.setTargetDataSource(pool(StubNode.PRIMARY));
		proxy.setReadOnlyDataSource(pool(StubNode.MIRROR));
		proxy.setDefaultAutoCommit(true);
		proxy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
		return proxy;
	}

}
