package dev.failover.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the servers of a new pair and starts them for the first time.
 */
final class PairBootstrap {

	private static final int SOCKET_TIMEOUT_SECONDS = 60;

	private static final int CATCH_UP_SECONDS = 30;

	private final PairSettings settings;

	private final PostgresInstallation installation;

	PairBootstrap(PairSettings settings, PostgresInstallation installation) {
		this.settings = settings;
		this.installation = installation;
	}

	/**
	 * Create the servers, which have no data yet, and their links.
	 * @return the group of the servers
	 */
	ReplicationGroup createGroup() throws IOException {
		Superuser superuser = this.installation.superuser();
		List<GroupMember> members = new ArrayList<>();
		for (String name : this.settings.server().nodes()) {
			Server server = new Server(name, this.installation, TcpLink.open(name));
			members.add(new GroupMember(server, new ServerMonitor(server, superuser), superuser));
		}
		return new ReplicationGroup(members);
	}

	/**
	 * Start the primary with a new database cluster and the standbys with copies of it,
	 * and wait until the standbys have caught up.
	 * @param group the group
	 */
	void start(ReplicationGroup group) throws IOException, SQLException {
		GroupMember primary = group.leader();
		List<GroupMember> standbys = group.others(primary);
		primary.server().data().initialize(this.installation);
		for (GroupMember standby : standbys) {
			standby.server().data().copyFrom(primary.server().data());
			standby.server().follow(primary.server());
		}
		primary.server().start();
		createDatabase(primary);
		for (GroupMember standby : standbys) {
			standby.server().start();
		}
		for (GroupMember standby : standbys) {
			if (!new Replication(primary, standby).catchesUp(PollDeadline.inSeconds(CATCH_UP_SECONDS))) {
				throw new EmbeddedPostgresException("Node '" + standby.name() + "' does not stream from '"
						+ primary.name() + "' " + CATCH_UP_SECONDS + " s after its first start");
			}
		}
	}

	/**
	 * Create the application's role and database. The database is the one that comes with
	 * a new cluster, renamed: an additional one would take a third more time to copy.
	 */
	private void createDatabase(GroupMember primary) throws SQLException {
		PairSettings.DatabaseSettings database = this.settings.database();
		try (Connection connection = this.installation.superuser()
			.connect(primary.server().port(), "template1", SOCKET_TIMEOUT_SECONDS);
				Statement statement = connection.createStatement()) {
			String name = quoteIdentifier(database.name());
			String role = quoteIdentifier(database.username());
			statement
				.execute("CREATE ROLE " + role + " LOGIN PASSWORD " + statement.enquoteLiteral(database.password()));
			if (database.grantMonitoring()) {
				statement.execute("GRANT pg_monitor TO " + role);
			}
			statement.execute("ALTER DATABASE postgres RENAME TO " + name);
			statement.execute("ALTER DATABASE " + name + " OWNER TO " + role);
			statement.execute("COMMENT ON DATABASE " + name + " IS NULL");
		}
	}

	private static String quoteIdentifier(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

}
