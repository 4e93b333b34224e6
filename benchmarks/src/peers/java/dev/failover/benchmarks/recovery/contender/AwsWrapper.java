package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.jdbc.Driver;
import software.amazon.jdbc.util.CoreServicesContainer;
import software.amazon.jdbc.util.DriverInfo;
import software.amazon.jdbc.util.HikariCPSQLException;

/**
 * HikariCP on the AWS Advanced JDBC Wrapper, with version 2 of its failover plugin and
 * its host monitoring.
 */
public final class AwsWrapper extends Contender {

	private static final AtomicInteger clusters = new AtomicInteger();

	private static final String SHOWN = "jdbc:aws-wrapper:postgresql://primary,mirror/app";

	private static final Pool WRITES = pool("writes", "strict-writer");

	private static final Pool READS = pool("reads", "reader-or-writer");

	public AwsWrapper() {
		super("aws-wrapper", "AWS Advanced JDBC Wrapper, tuned",
				poolVersions("AWS Advanced JDBC Wrapper", DriverInfo.DRIVER_VERSION));
	}

	private static Pool pool(String purpose, String mode) {
		// the wrapper reads the last three as milliseconds
		return Pool
			.tuned(purpose, null, "wrapperPlugins=failover2,efm2", "clusterTopologyRefreshRateMs=200",
					"clusterTopologyHighRefreshRateMs=100", "failoverMode=" + mode, "failoverTimeoutMs=10000",
					"enableConnectFailover=true", "failureDetectionTime=200", "failureDetectionInterval=100",
					"failureDetectionCount=2", "topology-monitoring-connectTimeout=1000",
					"topology-monitoring-socketTimeout=1000", "monitoring-connectTimeout=1000",
					"monitoring-socketTimeout=1000", "wrapperLoggerLevel=OFF")
			.withDriver("connectTimeout=3000", "loginTimeout=5000", "socketTimeout=2000")
			.withHikari("exceptionOverrideClassName=" + HikariCPSQLException.class.getName());
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(new TwoPools(WRITES, READS).lines(SHOWN, SHOWN));
		all.add("Driver.setCustomDialect: a dialect for two plain PostgreSQL nodes, which asks pg_is_in_recovery() and pg_stat_replication");
		return all;
	}

	@Override
	public RunningContender open(Endpoints endpoints) {
		PairDialect dialect = new PairDialect(endpoints.primary(), endpoints.mirror());
		Driver.setCustomDialect(dialect);
		String url = endpoints.url(dialect.hosts()).replace("jdbc:", "jdbc:aws-wrapper:");
		String cluster = "clusterId=pair-" + clusters.incrementAndGet();
		return new TwoPools(WRITES.withDriver(cluster), READS.withDriver(cluster)).open(url, url, endpoints,
				AwsWrapper::release);
	}

	private static void release() {
		CoreServicesContainer.getInstance().getMonitorService().stopAndRemoveAll();
		CoreServicesContainer.getInstance().getStorageService().clearAll();
		Driver.resetCustomDialect();
	}

}
