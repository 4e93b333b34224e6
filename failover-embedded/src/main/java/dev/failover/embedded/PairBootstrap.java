package dev.failover.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Brings a new pair up: from nothing to a standby that streams.
 */
final class PairBootstrap {

	static final String PRIMARY = "primary";

	static final String MIRROR = "mirror";

	private static final String SCRIPT = "supervise.sh";

	private static final int ANSWER_SECONDS = 60;

	private final PairSettings settings;

	private final Installation installation;

	private PairBootstrap(PairSettings settings, Installation installation) {
		this.settings = settings;
		this.installation = installation;
	}

	/**
	 * Prepare what both servers need.
	 */
	static PairBootstrap in(WorkDirectory directory, BinariesArchive archive, PairSettings settings)
			throws IOException {
		Path path = directory.path();
		ServerAccount account = ServerAccount.choose(path);
		if (account.isForeign()) {
			directory.open();
		}
		Binaries binaries = Binaries.locate(archive, account, path);
		Superuser superuser = new Superuser(settings.database(), UUID.randomUUID().toString());
		return new PairBootstrap(settings, new Installation(path, binaries, account, superuser, settings.server(),
				settings.environments(), writeScript(path)));
	}

	private static Path writeScript(Path directory) throws IOException {
		Path script = directory.resolve(SCRIPT);
		try (InputStream in = PairBootstrap.class.getResourceAsStream(SCRIPT)) {
			if (in == null) {
				throw new IOException("The class path has no " + SCRIPT);
			}
			Files.copy(in, script);
		}
		return script;
	}

	/**
	 * Create both servers, without data yet.
	 */
	Cluster createCluster() throws IOException {
		List<Server> servers = new ArrayList<>();
		servers.add(new Server(PRIMARY, this.installation, TcpLink.open(PRIMARY), () -> servers.get(1).port()));
		servers.add(new Server(MIRROR, this.installation, TcpLink.open(MIRROR), () -> servers.get(0).port()));
		return new Cluster(List.of(member(servers.get(0), MIRROR), member(servers.get(1), PRIMARY)));
	}

	private Member member(Server server, String other) {
		Superuser superuser = this.installation.superuser();
		return new Member(server, new Lookout(server, superuser, other), superuser);
	}

	/**
	 * Start the primary on a new cluster and the standby on a copy of it, and wait until
	 * the standby has everything.
	 */
	void start(Cluster cluster) throws IOException, SQLException {
		Member primary = cluster.leader();
		Member standby = cluster.other(primary);
		DataDirectory data = primary.server().data();
		data.initialize(this.installation);
		standby.server().data().copyOf(data);
		standby.server().data().markStandby();
		primary.server().start();
		createDatabase(primary);
		standby.server().start();
		if (!new Standby(standby, primary).catchesUp(Patience.seconds(30))) {
			throw new EmbeddedPostgresException("The standby does not stream");
		}
	}

	/**
	 * Create the application's role, and give it the database that a new cluster comes
	 * with: one more would be a third more to copy.
	 */
	private void createDatabase(Member primary) throws SQLException {
		try (Connection connection = this.installation.superuser()
			.connect(primary.server().port(), "template1", ANSWER_SECONDS);
				Statement statement = connection.createStatement()) {
			String database = identifier(this.settings.database());
			String role = identifier(this.settings.username());
			statement.execute(
					"CREATE ROLE " + role + " LOGIN PASSWORD " + statement.enquoteLiteral(this.settings.password()));
			if (this.settings.grantMonitoring()) {
				statement.execute("GRANT pg_monitor TO " + role);
			}
			statement.execute("ALTER DATABASE postgres RENAME TO " + database);
			statement.execute("ALTER DATABASE " + database + " OWNER TO " + role);
			statement.execute("COMMENT ON DATABASE " + database + " IS NULL");
		}
	}

	private static String identifier(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

}
