package dev.failover.benchmarks.peers;

import javax.sql.DataSource;

import dev.failover.benchmarks.overhead.Contender;
import dev.failover.benchmarks.stub.StubNode;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/**
 * datasource-proxy over HikariCP, with one listener that does nothing: the cost of a proxy
 * around each connection and statement.
 */
public final class DatasourceProxy extends Contender {

	public DatasourceProxy() {
		super("datasource-proxy", ProxyDataSource.class);
	}

	@Override
	public DataSource open() {
		return ProxyDataSourceBuilder.create(pool(StubNode.PRIMARY)).afterQuery((execution, queries) -> {
		}).build();
	}

}
