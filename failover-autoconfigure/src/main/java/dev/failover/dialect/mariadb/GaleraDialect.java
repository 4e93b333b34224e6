package dev.failover.dialect.mariadb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.dialect.mysql.MySqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * {@link dev.failover.dialect.Dialect} of members of a Galera cluster, of MariaDB or of
 * MySQL with the same patches. A member is used while it belongs to the primary
 * component, is ready, and rejects no queries. All variables can be read without a grant,
 * and also from a member that must not be used: it answers {@code show}.
 * <p>
 * Sources: "Galera Status Variables" and "Galera Cluster System Variables" of the MariaDB
 * documentation, and {@code log_state_change} in {@code wsrep_server_service.cc} of
 * MariaDB 10.11: a member that joins is not ready before it was synchronized once. The
 * dialect was run on MariaDB 10.11.19 with Galera 26.4.23.
 */
final class GaleraDialect extends MySqlDialect {

	/** Tells whether a server is a member. One of another kind returns no rows. */
	static final Question MEMBERSHIP = new Question("wsrep variables",
			"show global variables where variable_name in ('wsrep_on', 'wsrep_provider')", "");

	private static final Question SERVER = new Question("server",
			"show global variables where variable_name in ('hostname', 'port', 'server_id', 'server_uid', "
					+ "'server_uuid', 'read_only', 'super_read_only', 'wsrep_on', 'wsrep_reject_queries')",
			null);

	private static final Question MEMBER = new Question("wsrep status",
			"show global status where variable_name in ('wsrep_cluster_status', 'wsrep_ready', 'wsrep_local_state', "
					+ "'wsrep_cluster_state_uuid', 'wsrep_last_committed')",
			null);

	/** {@code wsrep_local_state} of a member that the others wait for. */
	private static final String SYNCED = "4";

	/** Donor or desynchronized, joined, synchronized. */
	private static final Set<String> USABLE = Set.of("2", "3", SYNCED);

	/** Cluster of a server that has not joined one yet. */
	private static final String NO_CLUSTER = "00000000-0000-0000-0000-000000000000";

	/**
	 * Returns whether the answers to {@link #MEMBERSHIP} are those of a member.
	 */
	static boolean isMember(Answers answers) {
		Map<String, String> variables = answers.variables(MEMBERSHIP.name());
		String provider = variables.getOrDefault("wsrep_provider", "");
		return !provider.isBlank() && !provider.equalsIgnoreCase("none")
				&& !"OFF".equalsIgnoreCase(variables.get("wsrep_on"));
	}

	@Override
	protected List<Question> questions(ServerVersion version) {
		return List.of(SERVER, MEMBER);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The other members stand for the source of what this one applies. They wait for it
	 * only while it is synchronized.
	 */
	@Override
	protected State understand(ServerVersion version, Answers answers) {
		Map<String, String> server = answers.variables(SERVER.name());
		Map<String, String> member = answers.variables(MEMBER.name());
		boolean inStep = SYNCED.equals(member.get("wsrep_local_state"));
		Source others = new Source(null, inStep, inStep, true, null);
		return new State(role(server, member), new ServerName(null, instance(server)), history(member), List.of(others),
				List.of());
	}

	private static Role role(Map<String, String> server, Map<String, String> member) {
		boolean usable = "Primary".equalsIgnoreCase(member.get("wsrep_cluster_status"))
				&& "ON".equalsIgnoreCase(member.get("wsrep_ready"))
				&& USABLE.contains(member.getOrDefault("wsrep_local_state", ""))
				&& !"OFF".equalsIgnoreCase(server.get("wsrep_on"))
				&& "NONE".equalsIgnoreCase(server.getOrDefault("wsrep_reject_queries", "NONE"));
		boolean readOnly = Stream.of("read_only", "super_read_only")
			.anyMatch((name) -> role(server.getOrDefault(name, "OFF")) == Role.READ_ONLY);
		return !usable ? Role.UNUSABLE : readOnly ? Role.READ_ONLY : Role.WRITABLE;
	}

	/**
	 * Returns the identity of a server. A copied data directory may bring an identifier
	 * along.
	 */
	private static String instance(Map<String, String> server) {
		String id = Stream.of("server_uid", "server_uuid", "server_id")
			.map(server::get)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse("");
		return id + "@" + server.get("hostname") + ":" + server.get("port");
	}

	private static @Nullable History history(Map<String, String> member) {
		String cluster = member.getOrDefault("wsrep_cluster_state_uuid", NO_CLUSTER);
		String committed = member.getOrDefault("wsrep_last_committed", "-1");
		// some versions show -1 without its sign
		long at = committed.startsWith("-") ? -1 : Long.parseUnsignedLong(committed);
		return (cluster.equals(NO_CLUSTER) || at < 0) ? null : new GaleraHistory(cluster, at);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A commit is acknowledged when all members of the primary component have received
	 * the transaction.
	 */
	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		Boolean receiving = super.readReplication(connection).receiving();
		return new ReplicationReading(receiving, null, null, null, List.of(new Follower(null, true)), List.of());
	}

}
