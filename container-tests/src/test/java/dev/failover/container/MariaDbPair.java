package dev.failover.container;

import org.testcontainers.mariadb.MariaDBContainer;

/**
 * A pair of MariaDB with semi-synchronous replication.
 */
final class MariaDbPair extends ContainerPair {

	private static final String IMAGE = "mariadb:11.4";

	MariaDbPair() {
		super(server(1), server(2), "mariadb -uroot -ptest test -Ne");
	}

	private static MariaDBContainer server(int id) {
		return new MariaDBContainer(IMAGE).withCommand("--server-id=" + id, "--log-bin", "--log-slave-updates",
				"--gtid-strict-mode", "--slave-net-timeout=5", "--rpl-semi-sync-slave-enabled",
				"--rpl-semi-sync-master-timeout=60000", "--rpl-semi-sync-master-wait-point=AFTER_SYNC",
				"--rpl-semi-sync-master-wait-no-slave=OFF");
	}

	@Override
	void replicate() {
		primary().execute("grant slave monitor on *.* to test@'%'; reset master");
		mirror().execute("create table entry (id bigint primary key); grant slave monitor on *.* to test@'%'; "
				+ "reset master; change master to master_host='primary', master_user='root', master_password='test', "
				+ "master_use_gtid=slave_pos, master_connect_retry=1; start slave; set global read_only=1");
		primary().execute("set global rpl_semi_sync_master_enabled=1");
	}

	@Override
	void promote() {
		mirror().execute("stop slave; reset slave all; set global read_only=0");
	}

}
