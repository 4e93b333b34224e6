package dev.failover.benchmarks.peers;

import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import com.alibaba.druid.pool.DruidDataSource;
import com.alibaba.druid.pool.ha.HighAvailableDataSource;
import com.alibaba.druid.pool.ha.selector.NamedDataSourceSelector;
import dev.failover.benchmarks.overhead.NamedContender;
import dev.failover.benchmarks.stub.StubDriver;
import dev.failover.benchmarks.stub.StubNode;
import org.jspecify.annotations.Nullable;

/**
 * Druid's data source for several nodes, over its own pools; connections by the name of
 * the node, of as many as HikariCP has by default.
 */
public final class DruidHighAvailability extends NamedContender {

	private static final int POOL_SIZE = 10;

	private @Nullable HighAvailableDataSource dataSource;

	public DruidHighAvailability() {
		super("Druid HighAvailableDataSource", HighAvailableDataSource.class);
	}

	@Override
	public DataSource open() throws SQLException {
		HighAvailableDataSource opened = new HighAvailableDataSource();
		opened.setDataSourceMap(Map.of("primary", pool(StubNode.PRIMARY), "mirror", pool(StubNode.MIRROR)));
		opened.setSelector("byName");
		opened.init();
		// for all threads: setTargetDataSource is for the calling one
		((NamedDataSourceSelector) opened.getDataSourceSelector()).setDefaultName("primary");
		this.dataSource = opened;
		return opened;
	}

	private static DataSource pool(StubNode node) throws SQLException {
		DruidDataSource pool = new DruidDataSource();
		pool.setDriver(new StubDriver());
		pool.setUrl(node.url());
		pool.setInitialSize(POOL_SIZE);
		pool.setMinIdle(POOL_SIZE);
		pool.setMaxActive(POOL_SIZE);
		pool.init();
		return pool;
	}

	@Override
	public void close() {
		if (this.dataSource != null) {
			this.dataSource.destroy();
		}
	}

}
