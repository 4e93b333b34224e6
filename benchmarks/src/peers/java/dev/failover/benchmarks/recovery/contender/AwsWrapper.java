package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import software.amazon.jdbc.Driver;
import software.amazon.jdbc.util.CoreServicesContainer;
import software.amazon.jdbc.util.DriverInfo;
import software.amazon.jdbc.util.HikariCPSQLException;

import dev.failover.benchmarks.run.Library;

/**
 * HikariCP on the AWS Advanced JDBC Wrapper, with version 2 of its failover plugin and
 * its host monitoring.
 */
public final class AwsWrapper extends Contender {

	private static final AtomicInteger clusters = new AtomicInteger();

	private static final String SHOWN = "jdbc:aws-wrapper:postgresql://primary,mirror/app";

	private static final Pool WRITES = pool("writes", "strict-writer");

	private static final Pool READS = pool("reads", "reader-or-writer");

	private static Pool pool(String purpose, String mode) {
		Map<String, String> driver = TunedSettings.pairs("wrapperPlugins=failover2,efm2", "clusterTopologyRefreshRateMs=200",
				"clusterTopologyHighRefreshRateMs=100", "failoverMode=" + mode, "failoverTimeoutMs=10000",
				"enableConnectFailover=true", "failureDetectionTime=200", "failureDetectionInterval=100",
				"failureDetectionCount=2", "topology-monitoring-connectTimeout=1000",
				"topology-monitoring-socketTimeout=1000", "monitoring-connectTimeout=1000",
				"monitoring-socketTimeout=1000", "wrapperLoggerLevel=OFF");
		driver.putAll(TunedSettings.driver());
		// the wrapper reads these as milliseconds
		driver.putAll(TunedSettings.pairs("connectTimeout=3000", "loginTimeout=5000", "socketTimeout=2000"));
		Map<String, String> hikari = new LinkedHashMap<>(TunedSettings.hikari(Pool.SIZE / 2));
		hikari.put("exceptionOverrideClassName", HikariCPSQLException.class.getName());
		return new Pool(purpose, driver, hikari, null);
	}

	public AwsWrapper() {
		super("aws-wrapper", "AWS Advanced JDBC Wrapper, tuned");
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(WRITES.lines(SHOWN));
		all.addAll(READS.lines(SHOWN));
		all.add("Driver.setCustomDialect: a dialect for two plain PostgreSQL nodes, which asks pg_is_in_recovery() and pg_stat_replication");
		return all;
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("AWS Advanced JDBC Wrapper", DriverInfo.DRIVER_VERSION, "HikariCP",
				Library.version(HikariDataSource.class), "pgjdbc", Library.pgjdbcVersion());
	}

	@Override
	public RunningContender open(Endpoints endpoints) {
		PairDialect dialect = new PairDialect(endpoints.primary(), endpoints.mirror());
		Driver.setCustomDialect(dialect);
		String url = endpoints.url(dialect.hosts()).replace("jdbc:", "jdbc:aws-wrapper:");
		Map<String, String> cluster = Map.of("clusterId", "pair-" + clusters.incrementAndGet());
		HikariDataSource writes = WRITES.with(cluster).open(url, endpoints);
		HikariDataSource reads = READS.with(cluster).open(url, endpoints);
		return RunningContender.of(writes, reads, () -> {
			try (writes) {
				reads.close();
			}
			finally {
				release();
			}
		});
	}

	private static void release() {
		CoreServicesContainer.getInstance().getMonitorService().stopAndRemoveAll();
		CoreServicesContainer.getInstance().getStorageService().clearAll();
		Driver.resetCustomDialect();
	}

}
