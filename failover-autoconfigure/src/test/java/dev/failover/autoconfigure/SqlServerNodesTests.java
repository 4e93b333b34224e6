package dev.failover.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import dev.failover.ErrorClass;
import dev.failover.Failover;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.stub.FaultyEndpoint;
import dev.failover.stub.FaultyEndpoint.Fault;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of nodes with mssql-jdbc behind which no server answers: each is known to be lost
 * by the deadline of the probes, whatever the driver would wait for, and no thread is
 * left in the driver. A server of SQL Server has not been run.
 */
@Timeout(180)
final class SqlServerNodesTests {

	private static final Logger logger = LoggerFactory.getLogger(SqlServerNodesTests.class);

	private static final Node PRIMARY = new Node("primary");

	private static final String URL = "jdbc:sqlserver://127.0.0.1:%d;databaseName=orders;%s";

	@ParameterizedTest
	@EnumSource
	void aNodeThatDoesNotAnswerIsDownAndLeavesNoThread(Fault fault) throws IOException {
		try (FaultyEndpoint primary = new FaultyEndpoint(fault);
				FaultyEndpoint mirror = new FaultyEndpoint(Fault.REFUSING)) {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
				.withPropertyValues("spring.datasource.url=" + URL.formatted(primary.port(), "encrypt=true"),
						"spring.datasource.username=app", "spring.datasource.password=secret",
						"failover.mirror.url=" + URL.formatted(mirror.port(), "encrypt=false"),
						"failover.doctor.enabled=false")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					Failover failover = context.getBean(Failover.class);
					long from = System.nanoTime();
					await().atMost(Duration.ofSeconds(60))
						.until(() -> failover.state().status(PRIMARY).state() == NodeState.DOWN);
					logger.info("{}: known after {}, budget {}", fault, Duration.ofNanos(System.nanoTime() - from),
							failover.state().detectionBudget());
					NodeStatus status = failover.state().status(PRIMARY);
					assertThat(Objects.requireNonNull(status.lastProbe()).errorClass()).isIn(null,
							ErrorClass.CONNECTION_LOST);
				});
			await().atMost(Duration.ofSeconds(20)).until(() -> threadsInDriver() == 0 && primary.connections() == 0);
		}
	}

	private static long threadsInDriver() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Arrays.stream(stack)
				.anyMatch((frame) -> frame.getClassName().equals("com.microsoft.sqlserver.jdbc.SQLServerConnection")))
			.count();
	}

}
