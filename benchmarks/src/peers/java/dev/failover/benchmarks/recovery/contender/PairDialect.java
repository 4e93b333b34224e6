package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.jdbc.dialect.HostListProviderSupplier;
import software.amazon.jdbc.dialect.PgDialect;
import software.amazon.jdbc.dialect.TopologyDialect;
import software.amazon.jdbc.hostlistprovider.RdsHostListProvider;

/**
 * Tells the AWS wrapper of a pair of plain PostgreSQL servers, of which it knows none: its
 * own dialects ask functions of Aurora and RDS.
 */
final class PairDialect extends PgDialect implements TopologyDialect {

	private final int primary;

	private final int mirror;

	PairDialect(int primary, int mirror) {
		this.primary = primary;
		this.mirror = mirror;
	}

	/**
	 * Hosts of a URL; the wrapper's monitor tells nodes apart by their names.
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
