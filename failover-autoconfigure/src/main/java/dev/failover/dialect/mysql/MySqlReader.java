package dev.failover.dialect.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.mysql.MySqlDialect.Answers;
import dev.failover.dialect.mysql.MySqlDialect.Question;
import dev.failover.dialect.mysql.MySqlDialect.ServerName;
import dev.failover.dialect.mysql.MySqlDialect.ServerVersion;
import dev.failover.dialect.mysql.MySqlDialect.Source;
import dev.failover.dialect.mysql.MySqlDialect.State;
import org.jspecify.annotations.Nullable;

/**
 * Questions for a server of MySQL, and what its answers mean.
 * <p>
 * Sources: the manual of MySQL 8.4, "SHOW REPLICA STATUS Statement", "Replication with
 * Global Transaction Identifiers" and "Semisynchronous Replication". The statements for
 * MySQL 5.6 are tested on that version; those for MySQL 8 are from its manual only.
 */
final class MySqlReader {

	/** Sources whose names are not those of servers. */
	private static final String GROUP_CHANNELS = "group_replication";

	private static final String SERVER = "server";

	private static final String GTIDS = "gtid_executed";

	private final Reigns reigns = new Reigns();

	List<Question> questions(ServerVersion version) {
		String readOnly = version.isAtLeast(5, 7, 8) ? "@@global.read_only or @@global.super_read_only"
				: "@@global.read_only";
		return List.of(new Question(SERVER, "select " + readOnly + " as read_only, @@global.server_uuid as uuid", null),
				new Question(GTIDS, "select @@global.gtid_executed as executed, @@global.gtid_mode as mode",
						"It cannot be verified then that a mirror replicates the leader."),
				new Question(KnownServers.STATUS,
						version.isAtLeast(8, 0, 22) ? "show replica status" : "show slave status",
						"It cannot be verified then that this mirror replicates the leader. "
								+ "Grant REPLICATION CLIENT to the user."),
				MySqlDialect.semiSync());
	}

	State understand(Answers answers) {
		Map<String, String> server = answers.row(SERVER);
		Role role = MySqlDialect.role(server.get("read_only"));
		String uuid = server.get("uuid");
		List<Source> sources = answers.hasAnswered(KnownServers.STATUS) ? answers.rows(KnownServers.STATUS)
			.stream()
			.filter(MySqlReader::isServer)
			.map((status) -> Source.of(status, MySqlDialect.first(status, "source_uuid", "master_uuid")))
			.toList() : null;
		List<Refusal> refusals = new ArrayList<>(answers.refusals(GTIDS));
		History history = history(role, uuid, answers.row(GTIDS), sources, refusals);
		return new State(role, new ServerName(uuid, uuid), history, sources, refusals);
	}

	private @Nullable History history(Role role, @Nullable String uuid, Map<String, String> gtids,
			@Nullable List<Source> sources, List<Refusal> refusals) {
		String executed = gtids.get("executed");
		if (uuid == null || executed == null) {
			return null;
		}
		if (!"ON".equalsIgnoreCase(gtids.get("mode"))) {
			refusals.add(new Refusal("gtid_mode", "it is " + gtids.get("mode"),
					"It cannot be verified then that a mirror replicates the leader. Set gtid_mode=ON on all servers."));
			return null;
		}
		return this.reigns.history(GtidSet.parse(executed), uuid, role, sources);
	}

	private static boolean isServer(Map<String, String> status) {
		return !status.getOrDefault("channel_name", "").startsWith(GROUP_CHANNELS);
	}

}
