package dev.failover.dialect.sqlserver;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.failover.Role;
import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.dialect.sqlserver.SqlServerHistory.Database;
import dev.failover.dialect.sqlserver.SqlServerHistory.Forks;
import dev.failover.dialect.sqlserver.SqlServerHistory.Reign;
import org.jspecify.annotations.Nullable;

/**
 * Reads role, history and replication of a database of SQL Server with
 * {@link SqlServerQueries}. What the server refuses is missing in the reading.
 */
final class SqlServerReader {

	private static final String PRINCIPAL = "1";

	private static final String MIRROR = "2";

	Reading read(Connection connection) throws SQLException {
		Answers answers = SqlServerQueries.READING.read(connection);
		Values replica = new Values(answers.get(SqlServerQueries.REPLICA));
		String instance = answers.get(SqlServerQueries.SERVER);
		return new Reading(role(answers), instance,
				history(answers, replica, (replica.get(0) != null) ? replica.get(0) : instance), answers.refusals());
	}

	private static Role role(Answers answers) {
		String updateability = answers.get(SqlServerQueries.UPDATEABILITY);
		String mirroring = new Values(answers.get(SqlServerQueries.MIRRORING)).get(0);
		if ("READ_ONLY".equals(updateability) || "0".equals(flag(answers)) || MIRROR.equals(mirroring)) {
			return Role.READ_ONLY;
		}
		return "READ_WRITE".equals(updateability) ? Role.WRITABLE : Role.UNKNOWN;
	}

	/**
	 * Returns whether the replica is the primary one, or null if the database is in no
	 * availability group or that is not known. The driver returns a bit as a number.
	 */
	private static @Nullable String flag(Answers answers) {
		String primary = answers.get(SqlServerQueries.PRIMARY);
		return (primary == null) ? null : (primary.equals("1") || primary.equalsIgnoreCase("true")) ? "1" : "0";
	}

	private static @Nullable SqlServerHistory history(Answers answers, Values replica, @Nullable String server) {
		Values recovery = new Values(answers.get(SqlServerQueries.FORKS));
		Values mirroring = new Values(answers.get(SqlServerQueries.MIRRORING));
		Values log = new Values(answers.get(SqlServerQueries.LOG));
		Database database = new Database(replica.get(1), mirroring.get(1), recovery.get(0));
		if (!database.isKnown()) {
			return null;
		}
		boolean mirrored = replica.get(1) == null && mirroring.get(1) != null;
		Lsn position = Lsn.parse(mirrored ? mirroring.get(4) : log.get(0));
		return new SqlServerHistory(database, server, forks(recovery),
				mirrored ? principal(mirroring) : primary(answers, replica, log), position);
	}

	private static @Nullable Forks forks(Values recovery) {
		String current = recovery.get(1);
		return (current != null)
				? new Forks(current, Objects.requireNonNullElse(recovery.get(2), current), Lsn.parse(recovery.get(3)))
				: null;
	}

	/**
	 * Returns the reign of the primary replica. It is known without a permission, too:
	 * secondary replicas cannot be updated.
	 */
	private static @Nullable Reign primary(Answers answers, Values replica, Values log) {
		String primary = flag(answers);
		boolean leads = (primary != null) ? primary.equals("1")
				: replica.get(0) != null && role(answers) == Role.WRITABLE;
		return leads ? new Reign(0, Lsn.parse(log.get(1))) : null;
	}

	/**
	 * Returns the reign of the principal. Both partners have the log up to and including
	 * the position that a failover reconciles.
	 */
	private static @Nullable Reign principal(Values mirroring) {
		if (!PRINCIPAL.equals(mirroring.get(0))) {
			return null;
		}
		Lsn reconciled = Lsn.parse(mirroring.get(3));
		return new Reign(Long.parseLong(Objects.requireNonNullElse(mirroring.get(2), "0")),
				(reconciled != null) ? reconciled.next() : null);
	}

	ReplicationReading readReplication(Connection connection) throws SQLException {
		Answers answers = SqlServerQueries.REPLICATION.read(connection);
		String receiving = answers.get(SqlServerQueries.RECEIVING);
		Long lag = answers.number(SqlServerQueries.LAG);
		String followers = answers.get(SqlServerQueries.FOLLOWERS);
		return new ReplicationReading((receiving != null) ? receiving.equals("1") : null, null,
				answers.get(SqlServerQueries.REPLICA), (lag != null) ? Duration.ofSeconds(lag) : null,
				(followers != null) ? followers(followers) : null, answers.refusals());
	}

	private static List<Follower> followers(String text) {
		return Arrays.stream(text.split(";"))
			.filter((follower) -> !follower.isBlank())
			.map((follower) -> follower.split(" ", 2))
			.map((follower) -> new Follower(follower[0], follower[1].equals("1")))
			.toList();
	}

	/**
	 * Values of a part, of which empty ones are null.
	 */
	private static final class Values {

		private final List<String> values;

		Values(@Nullable String text) {
			this.values = (text != null) ? List.of(text.split("\\|", -1)) : List.of();
		}

		@Nullable String get(int index) {
			return (index < this.values.size() && !this.values.get(index).isEmpty()) ? this.values.get(index) : null;
		}

	}

}
