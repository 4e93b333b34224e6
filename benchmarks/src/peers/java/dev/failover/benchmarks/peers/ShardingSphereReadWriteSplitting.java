package dev.failover.benchmarks.peers;

import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import dev.failover.benchmarks.overhead.Contender;
import dev.failover.benchmarks.stub.StubNode;
import org.apache.shardingsphere.driver.api.ShardingSphereDataSourceFactory;
import org.apache.shardingsphere.infra.config.algorithm.AlgorithmConfiguration;
import org.apache.shardingsphere.readwritesplitting.api.ReadwriteSplittingRuleConfiguration;
import org.apache.shardingsphere.readwritesplitting.api.rule.ReadwriteSplittingDataSourceRuleConfiguration;

/**
 * ShardingSphere-JDBC with one rule for read/write splitting, over HikariCP pools.
 */
public final class ShardingSphereReadWriteSplitting extends Contender {

	private static final String BALANCER = "turn";

	public ShardingSphereReadWriteSplitting() {
		super("ShardingSphere-JDBC read/write splitting", ShardingSphereDataSourceFactory.class);
	}

	@Override
	public DataSource open() throws Exception {
		ReadwriteSplittingDataSourceRuleConfiguration group = new ReadwriteSplittingDataSourceRuleConfiguration("pair",
				"primary", List.of("mirror"), BALANCER);
		DataSource opened = ShardingSphereDataSourceFactory.createDataSource(
				Map.of("primary", pool(StubNode.PRIMARY), "mirror", pool(StubNode.MIRROR)),
				List.of(new ReadwriteSplittingRuleConfiguration(List.of(group),
						Map.of(BALANCER, new AlgorithmConfiguration("ROUND_ROBIN", new Properties())))), new Properties());
		if (opened instanceof AutoCloseable closeable) {
			closeLater(closeable);
		}
		return opened;
	}

}
