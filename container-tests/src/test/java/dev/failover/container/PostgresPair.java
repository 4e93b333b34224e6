package dev.failover.container;

import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A pair of PostgreSQL with streaming replication.
 */
final class PostgresPair extends ContainerPair {

	private static final String IMAGE = "postgres:17";

	PostgresPair() {
		super(primary(IMAGE), mirror(IMAGE), "psql -U test -qtAc");
	}

	private static PostgreSQLContainer primary(String image) {
		return new PostgreSQLContainer(image).withCopyToContainer(
				Transferable.of("echo host replication all all scram-sha-256 >> $PGDATA/pg_hba.conf"),
				"/docker-entrypoint-initdb.d/replication.sh");
	}

	private static PostgreSQLContainer mirror(String image) {
		return new PostgreSQLContainer(image).withCommand("bash", "-c",
				"[ -s $PGDATA/PG_VERSION ] || pg_basebackup -d 'host=primary user=test password=test "
						+ "application_name=mirror' -D $PGDATA -R -c fast; exec docker-entrypoint.sh postgres -c fsync=off")
			.waitingFor(Wait.forLogMessage(".*ready to accept read-only connections.*", 1));
	}

	@Override
	void replicate() {
		primary().execute("alter system set synchronous_standby_names = 'mirror'");
		primary().execute("select pg_reload_conf()");
	}

	@Override
	void promote() {
		mirror().execute("select pg_promote()");
	}

}
