package dev.failover.benchmarks.peers;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.baomidou.dynamic.datasource.DynamicRoutingDataSource;
import dev.failover.benchmarks.overhead.Contender;
import dev.failover.benchmarks.stub.StubNode;

/**
 * The routing data source of dynamic-datasource, over HikariCP pools.
 */
public final class DynamicDataSource extends Contender {

	public DynamicDataSource() {
		super("dynamic-datasource", DynamicRoutingDataSource.class);
	}

	@Override
	public DataSource open() {
		Map<String, DataSource> pools = Map.of("primary", pool(StubNode.PRIMARY), "mirror", pool(StubNode.MIRROR));
		DynamicRoutingDataSource routing = new DynamicRoutingDataSource(List.of(() -> pools));
		routing.setPrimary("primary");
		routing.afterPropertiesSet();
		return routing;
	}

}
