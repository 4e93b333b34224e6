package dev.failover.benchmarks.recovery.contender;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import com.alibaba.druid.VERSION;
import com.alibaba.druid.pool.DruidDataSource;
import com.alibaba.druid.pool.ha.HighAvailableDataSource;
import com.alibaba.druid.pool.ha.selector.RandomDataSourceSelector;
import com.alibaba.druid.pool.ha.selector.RandomDataSourceValidateFilter;
import dev.failover.benchmarks.run.Library;

/**
 * Druid's {@link HighAvailableDataSource}, which selects a node at random from those that
 * its checks have not excluded. The checks for writes include the role.
 */
public final class DruidHighAvailability extends Contender {

	private static final String WRITABLE = "select 1 / (case when pg_is_in_recovery() then 0 else 1 end)";

	private static final String ANY = "select 1";

	/** Size of each node's pool, of which there are two for writes and two for reads. */
	private static final int SIZE = Pool.SIZE / 2;

	private static final Pool DRIVER = new Pool("nodes",
			Map.of("cancelSignalTimeout", "1", "tcpKeepAlive", "true", "sslmode", "disable", "gssEncMode", "disable"), Map.of(), null);

	public DruidHighAvailability() {
		super("druid", "Druid HighAvailableDataSource, tuned",
				Map.of("Druid", VERSION.getVersionNumber(), "pgjdbc", Library.pgjdbcVersion()));
	}

	@Override
	public boolean readsFromBoth() {
		return true;
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>();
		all.add("nodes: " + DRIVER.url("jdbc:postgresql://primary/app") + ", the same for the mirror");
		all.add("nodes: maxActive and minIdle " + SIZE + ", keepAlive, maxWait 1000 ms, connectTimeout 1000 ms, socketTimeout 2000 ms, validationQueryTimeout 1 s, testWhileIdle, "
				+ "timeBetweenEvictionRunsMillis 500, timeBetweenConnectErrorMillis 100, "
				+ "connectionErrorRetryAttempts 0, breakAfterAcquireFailure false, failFast");
		all.add("selector random: checkingInterval 1 s, recoveryInterval 1 s, validationSleep 0 s, blacklistThreshold 1");
		all.add("writes, validationQuery: " + WRITABLE);
		all.add("reads, validationQuery: " + ANY);
		return all;
	}

	@Override
	public RunningContender open(Endpoints endpoints) throws Exception {
		HighAvailableDataSource writes = cluster(endpoints, WRITABLE);
		HighAvailableDataSource reads = cluster(endpoints, ANY);
		// until the first check has excluded the mirror from the writes
		Thread.sleep(2500);
		return RunningContender.of(writes, reads, () -> {
			writes.close();
			reads.close();
		});
	}

	private static HighAvailableDataSource cluster(Endpoints endpoints, String query) throws SQLException {
		Map<String, DataSource> nodes = new LinkedHashMap<>();
		nodes.put("primary", node("primary", endpoints.primaryUrl(), endpoints, query));
		nodes.put("mirror", node("mirror", endpoints.mirrorUrl(), endpoints, query));
		HighAvailableDataSource cluster = new HighAvailableDataSource();
		cluster.setDataSourceMap(nodes);
		cluster.setConnectProperties(selector());
		cluster.setSelector("random");
		cluster.init();
		return cluster;
	}

	private static Properties selector() {
		Properties properties = new Properties();
		properties.setProperty(RandomDataSourceSelector.PROP_CHECKING_INTERVAL, "1");
		properties.setProperty(RandomDataSourceSelector.PROP_RECOVERY_INTERVAL, "1");
		properties.setProperty(RandomDataSourceSelector.PROP_VALIDATION_SLEEP, "0");
		properties.setProperty(RandomDataSourceSelector.PROP_BLACKLIST_THRESHOLD, "1");
		return properties;
	}

	private static DruidDataSource node(String name, String url, Endpoints endpoints, String query)
			throws SQLException {
		DruidDataSource node = new DruidDataSource();
		node.setName(name);
		node.setUrl(DRIVER.url(url));
		node.setUsername(endpoints.username());
		node.setPassword(endpoints.password());
		node.setInitialSize(0);
		node.setMinIdle(SIZE);
		node.setKeepAlive(true);
		node.setMaxActive(SIZE);
		node.setMaxWait(1000);
		// Druid reads those of the URL as milliseconds
		node.setConnectTimeout(1000);
		node.setSocketTimeout(2000);
		node.setValidationQuery(query);
		node.setValidationQueryTimeout(1);
		node.setTestWhileIdle(true);
		node.setTimeBetweenEvictionRunsMillis(500);
		node.setTimeBetweenConnectErrorMillis(100);
		node.setConnectionErrorRetryAttempts(0);
		node.setFailFast(true);
		node.setProxyFilters(List.of(new RandomDataSourceValidateFilter()));
		node.init();
		return node;
	}

}
