package dev.failover.dialect.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import dev.failover.dialect.mysql.MySqlDialect.Answers;
import dev.failover.dialect.mysql.MySqlDialect.Question;
import dev.failover.dialect.mysql.MySqlDialect.ServerVersion;
import dev.failover.dialect.mysql.MySqlDialect.State;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge of one connection: the version of the server, the questions that it refuses,
 * and the answers of the last probe about replication. Confined to one thread at a time.
 */
final class Session {

	private static final Question VERSION = new Question("version", "select version() as version", null);

	private final ServerQuestions questions = new ServerQuestions();

	private @Nullable ServerVersion version;

	private @Nullable Read last;

	ServerQuestions questions() {
		return this.questions;
	}

	/**
	 * Returns the version. The server itself is asked, once: the driver may know another
	 * one, for old clients.
	 */
	ServerVersion version(Connection connection) throws SQLException {
		ServerVersion known = this.version;
		if (known == null) {
			known = ServerVersion
				.of(this.questions.ask(connection, List.of(VERSION)).row(VERSION.name()).getOrDefault("version", ""));
			this.version = known;
		}
		return known;
	}

	void keep(State read, Answers answers) {
		this.last = new Read(read, answers);
	}

	/**
	 * Returns what was read last and not taken yet, or null.
	 */
	@Nullable Read take() {
		Read taken = this.last;
		this.last = null;
		return taken;
	}

	/**
	 * State and answers that a probe has read.
	 */
	record Read(State state, Answers answers) {

	}

}
