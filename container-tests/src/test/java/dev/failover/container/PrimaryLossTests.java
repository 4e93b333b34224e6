package dev.failover.container;

import dev.failover.autoconfigure.MirrorConnectionDetails;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

import static org.awaitility.Awaitility.await;

@SpringBootTest
@DirtiesContext
@Testcontainers(disabledWithoutDocker = true)
class PrimaryLossTests {

	static final Network NETWORK = Network.newNetwork();

	@Container
	@ServiceConnection
	static final PostgreSQLContainer PRIMARY = new PostgreSQLContainer("postgres:17").withNetwork(NETWORK)
		.withNetworkAliases("primary")
		.withInitScript("schema.sql")
		.withCopyToContainer(Transferable.of("echo host replication all all scram-sha-256 >> $PGDATA/pg_hba.conf"),
				"/docker-entrypoint-initdb.d/replication.sh");

	@Container
	@ServiceConnection(type = MirrorConnectionDetails.class)
	static final PostgreSQLContainer MIRROR = new PostgreSQLContainer("postgres:17").withNetwork(NETWORK)
		.dependsOn(PRIMARY)
		.withCommand("bash", "-c",
				"pg_basebackup -d 'host=primary user=test password=test' -D $PGDATA -R -c fast"
						+ " && exec docker-entrypoint.sh postgres -c fsync=off")
		.waitingFor(Wait.forLogMessage(".*ready to accept read-only connections.*", 1));

	@Autowired
	private JdbcClient jdbcClient;

	@Test
	void writesContinueOnTheMirrorAfterTheLossOfThePrimary() throws Exception {
		this.jdbcClient.sql("INSERT INTO entry VALUES (1)").update();
		PRIMARY.getDockerClient().killContainerCmd(PRIMARY.getContainerId()).exec();
		MIRROR.execInContainer("psql", "-U", "test", "-c", "SELECT pg_promote()");
		await().ignoreExceptions().until(() -> this.jdbcClient.sql("INSERT INTO entry VALUES (2)").update() == 1);
	}

}
