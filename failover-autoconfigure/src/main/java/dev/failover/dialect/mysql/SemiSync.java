package dev.failover.dialect.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import dev.failover.dialect.mysql.MySqlDialect.Answers;
import dev.failover.dialect.mysql.MySqlDialect.Question;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the state of semi-synchronous replication, which only {@code show status}
 * tells. While a replica joins under load, MariaDB answers that statement only once the
 * waiting commits are acknowledged; 12 s were measured, whatever status is asked for. So
 * it is asked after all else of a probe, by one session of a server at a time, and not
 * for a while after it has failed. Thread-safe.
 */
final class SemiSync {

	static final String STATUS = "semi-sync status";

	/** Tells whether the server can wait or acknowledge; needs no lock of the status. */
	static final Question SETTINGS = new Question("semi-sync settings",
			"show global variables like 'rpl_semi_sync_%_enabled'",
			"It is not known then whether commits wait for a mirror.");

	private static final Question QUESTION = new Question(STATUS, "show global status like 'Rpl_semi_sync_%'",
			"It is not known then whether commits wait for a mirror.");

	/** Probes without the question after it has failed. */
	private static final int PAUSE = 20;

	private static final int ASKING = -1;

	/** Number of probes still to wait for, or {@link #ASKING}, by server. */
	private final Map<String, Integer> pauses = new RecentServers<>();

	/**
	 * Returns the status variables, by their lower-case names; none if semi-synchronous
	 * replication is switched off, or null if it is not known.
	 * @param server key of the server
	 * @param settings answers to the question for the settings, among others
	 */
	@Nullable Map<String, String> ask(Connection connection, ServerQuestions questions, String server, Answers settings)
			throws SQLException {
		if (!settings.hasAnswered(SETTINGS.name())) {
			return null;
		}
		if (settings.variables(SETTINGS.name()).values().stream().noneMatch(MySqlDialect::isOn)) {
			return Map.of();
		}
		return begin(server) ? askNow(connection, questions, server) : null;
	}

	private synchronized boolean begin(String server) {
		int pause = this.pauses.getOrDefault(server, 0);
		this.pauses.put(server, (pause > 0) ? pause - 1 : ASKING);
		return pause == 0;
	}

	private @Nullable Map<String, String> askNow(Connection connection, ServerQuestions questions, String server)
			throws SQLException {
		int pause = PAUSE;
		try {
			Answers answers = questions.ask(connection, List.of(QUESTION));
			pause = 0;
			return answers.hasAnswered(STATUS) ? answers.variables(STATUS) : null;
		}
		finally {
			end(server, pause);
		}
	}

	private synchronized void end(String server, int pause) {
		this.pauses.put(server, pause);
	}

}
