package dev.failover.mariadb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One server of MariaDB.
 */
final class MariaDbServer extends DatabaseServer {

	private final Installation installation;

	private final List<String> options;

	/**
	 * Creates a server.
	 * @param directory contains its data in the directory {@code data}
	 * @param options options of every start
	 */
	MariaDbServer(Installation installation, Path directory, int id, int port, List<String> options) {
		super(directory, id, port);
		this.installation = installation;
		this.options = List.copyOf(options);
	}

	@Override
	ProcessBuilder command(String... more) {
		List<String> all = new ArrayList<>(List.of("--no-defaults", "--basedir=" + this.installation.home(),
				"--lc-messages-dir=" + this.installation.share(), "--datadir=" + directory().resolve("data"),
				"--tmpdir=" + directory(), "--socket=" + directory().resolve("socket"),
				"--pid-file=" + directory().resolve("pid"), "--log-error=" + directory().resolve("log.err"),
				"--port=" + port(), "--server-id=" + id(), "--bind-address=127.0.0.1", "--skip-name-resolve",
				"--character-sets-dir=" + this.installation.share().resolve("charsets"), "--performance-schema=OFF",
				"--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M", "--loose-innodb-use-native-aio=0",
				"--innodb-flush-log-at-trx-commit=2", "--log-bin=binlog", "--log-slave-updates", "--relay-log=relay",
				"--gtid-strict-mode=ON", "--slave-net-timeout=5", "--init-file=" + directory().resolve("init.sql")));
		all.addAll(this.options);
		all.addAll(List.of(more));
		return this.installation.command(all.toArray(String[]::new));
	}

	@Override
	String position() {
		return query("select @@global.gtid_binlog_pos", String.class).get(0);
	}

	@Override
	void follow(DatabaseServer source, boolean demoted) {
		execute("change master to master_host='127.0.0.1', master_port=" + source.port()
				+ ", master_user='repl', master_password='repl', master_ssl=0, master_connect_retry=1, "
				+ "master_heartbeat_period=1, " + (demoted ? "master_demote_to_slave=1" : "master_use_gtid=slave_pos"),
				"start replica");
	}

	@Override
	String replica() {
		return "replica";
	}

	@Override
	void awaitPosition(String position) {
		execute("do master_gtid_wait('" + position + "', 20)");
	}

}
