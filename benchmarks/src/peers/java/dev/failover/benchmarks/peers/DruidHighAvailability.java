package dev.failover.benchmarks.peers;

import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import com.alibaba.druid.pool.DruidDataSource;
import com.alibaba.druid.pool.ha.HighAvailableDataSource;
import com.alibaba.druid.pool.ha.selector.NamedDataSourceSelector;
import dev.failover.benchmarks.overhead.Contender;
import dev.failover.benchmarks.stub.StubNode;
import dev.failover.test.stub.StubDriver;

/**
 * The data source of Druid for several nodes, over its own pools, which have as many
 * connections as HikariCP has by default. It selects the node by its name.
 */
public final class DruidHighAvailability extends Contender {

	private static final int POOL_SIZE = 10;

	public DruidHighAvailability() {
		super("Druid HighAvailableDataSource", HighAvailableDataSource.class);
	}

	@Override
	public DataSource open() throws SQLException {
		HighAvailableDataSource opened = new HighAvailableDataSource();
		closeLater(opened::destroy);
		opened.setDataSourceMap(Map.of("primary", druidPool(StubNode.PRIMARY), "mirror", druidPool(StubNode.MIRROR)));
		opened.setSelector("byName");
		opened.init();
		// for all threads; setTargetDataSource is for the calling thread only
		((NamedDataSourceSelector) opened.getDataSourceSelector()).setDefaultName("primary");
		return opened;
	}

	private static DataSource druidPool(StubNode node) throws SQLException {
		DruidDataSource pool = new DruidDataSource();
		pool.setDriver(new StubDriver());
		pool.setUrl(node.url());
		pool.setInitialSize(POOL_SIZE);
		pool.setMinIdle(POOL_SIZE);
		pool.setMaxActive(POOL_SIZE);
		pool.init();
		return pool;
	}

}
