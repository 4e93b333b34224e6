package dev.failover.mariadb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One server of MySQL 5.6, with GTIDs.
 */
final class MySqlServer extends DatabaseServer {

	private final MySqlInstallation installation;

	/**
	 * Creates a server.
	 * @param directory contains its data in the directory {@code data}
	 */
	MySqlServer(MySqlInstallation installation, Path directory, int id, int port) {
		super(directory, id, port);
		this.installation = installation;
	}

	@Override
	ProcessBuilder command(String... more) {
		List<String> all = new ArrayList<>(List.of("--no-defaults", "--lc-messages-dir=" + this.installation.share(),
				"--character-sets-dir=" + this.installation.share().resolve("charsets"),
				"--datadir=" + directory().resolve("data"), "--tmpdir=" + directory(),
				"--socket=" + directory().resolve("socket"), "--pid-file=" + directory().resolve("pid"),
				"--log-error=" + directory().resolve("log.err"), "--port=" + port(), "--server-id=" + id(),
				"--bind-address=127.0.0.1", "--skip-name-resolve", "--explicit-defaults-for-timestamp",
				"--performance-schema=OFF", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M",
				"--innodb-use-native-aio=0", "--innodb-flush-log-at-trx-commit=2", "--log-bin=binlog",
				"--log-slave-updates", "--gtid-mode=ON", "--enforce-gtid-consistency", "--relay-log=relay",
				"--relay-log-recovery=1", "--master-info-repository=TABLE", "--relay-log-info-repository=TABLE",
				"--slave-net-timeout=5", "--init-file=" + directory().resolve("init.sql")));
		all.addAll(List.of(more));
		return this.installation.command(all.toArray(String[]::new));
	}

	@Override
	String position() {
		return query("select @@global.gtid_executed", String.class).get(0);
	}

	@Override
	void follow(DatabaseServer source, boolean demoted) {
		execute("change master to master_host='127.0.0.1', master_port=" + source.port()
				+ ", master_user='repl', master_password='repl', master_connect_retry=1, "
				+ "master_heartbeat_period=1, master_auto_position=1", "start slave");
	}

	@Override
	String replica() {
		return "slave";
	}

	@Override
	void awaitPosition(String position) {
		execute("do wait_until_sql_thread_after_gtids('" + position + "', 20)");
	}

}
