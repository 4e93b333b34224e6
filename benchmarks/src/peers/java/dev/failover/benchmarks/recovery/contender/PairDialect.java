package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.jdbc.dialect.HostListProviderSupplier;
import software.amazon.jdbc.dialect.PgDialect;
import software.amazon.jdbc.dialect.TopologyDialect;
import software.amazon.jdbc.hostlistprovider.RdsHostListProvider;

/**
 * Dialect of the AWS wrapper for a pair of plain PostgreSQL servers. The dialects of the
 * wrapper call functions of Aurora and RDS.
 */
final class PairDialect extends PgDialect implements TopologyDialect {

	private final int primary;

	private final int mirror;

	PairDialect(int primary, int mirror) {
		this.primary = primary;
		this.mirror = mirror;
	}

	/**
	 * Returns the hosts for a URL. Their names differ, because the monitor of the wrapper
	 * identifies nodes by name.
	 */
	String hosts() {
		return PairTopology.PRIMARY + ":" + this.primary + "," + PairTopology.MIRROR + ":" + this.mirror;
	}

	@Override
	public boolean isDialect(Connection connection) {
		return true;
	}

	@Override
	public @Nullable List<String> getDialectUpdateCandidates() {
		return null;
	}

	@Override
	public HostListProviderSupplier getHostListProviderSupplier() {
		return (properties, url, container) -> new RdsHostListProvider(
				new PairTopology(this, container.getPluginService().getHostSpecBuilder(), this.primary, this.mirror),
				properties, url, container);
	}

	@Override
	public String getTopologyQuery() {
		return "select pg_is_in_recovery(), exists (select from pg_stat_replication)";
	}

	@Override
	public String getWriterIdQuery() {
		return getTopologyQuery();
	}

}
