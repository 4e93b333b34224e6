package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import software.amazon.jdbc.HostRole;
import software.amazon.jdbc.HostSpec;
import software.amazon.jdbc.HostSpecBuilder;
import software.amazon.jdbc.dialect.TopologyDialect;
import software.amazon.jdbc.hostavailability.HostAvailability;
import software.amazon.jdbc.hostlistprovider.TopologyUtils;

/**
 * Topology of a pair. A node that is not in recovery is the writer; a standby takes the
 * other node for the writer. A writer without a standby is alone, so that readers do not
 * look for the lost node.
 */
final class PairTopology extends TopologyUtils {

	static final String PRIMARY = "127.0.0.1";

	static final String MIRROR = "localhost";

	private final int primary;

	private final int mirror;

	PairTopology(TopologyDialect dialect, HostSpecBuilder builder, int primary, int mirror) {
		super(dialect, builder);
		this.primary = primary;
		this.mirror = mirror;
	}

	@Override
	protected List<HostSpec> getHosts(Connection connection, ResultSet row, HostSpec initial, HostSpec template)
			throws SQLException {
		row.next();
		boolean writable = !row.getBoolean(1);
		boolean asksPrimary = connection.getMetaData().getURL().contains(":" + this.primary + "/");
		boolean primaryLeads = writable == asksPrimary;
		HostSpec first = host(PRIMARY, this.primary, primaryLeads);
		HostSpec second = host(MIRROR, this.mirror, !primaryLeads);
		boolean alone = writable && !row.getBoolean(2);
		return alone ? List.of(asksPrimary ? first : second) : List.of(first, second);
	}

	private HostSpec host(String name, int port, boolean leads) {
		return this.hostSpecBuilder.hostId(name + ":" + port)
			.host(name)
			.port(port)
			.role(leads ? HostRole.WRITER : HostRole.READER)
			.availability(HostAvailability.AVAILABLE)
			.lastUpdateTime(Timestamp.from(Instant.now()))
			.build();
	}

	@Override
	public boolean isWriterInstance(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(this.dialect.getWriterIdQuery())) {
			return row.next() && !row.getBoolean(1);
		}
	}

}
