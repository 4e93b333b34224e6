package dev.failover.autoconfigure;

import java.util.UUID;
import java.util.function.Predicate;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Role;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.doctor.Finding;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications with a database that has no dialect: H2.
 */
@ExtendWith(OutputCaptureExtension.class)
final class GenericDatabaseTests {

	private final String primary = url();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.primary, "failover.detection.interval=50ms",
				"failover.detection.recovery-threshold=1");

	private final ApplicationContextRunner pair = this.contextRunner.withPropertyValues("failover.mirror.url=" + url());

	private static String url() {
		return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
	}

	@Test
	void anApplicationWorksOnItsPrimaryAsWithoutFailover(CapturedOutput output) {
		this.pair.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("create table orders (id int primary key)");
			assertThat(jdbc.update("insert into orders values (1)")).isOne();
			FailoverState state = context.getBean(Failover.class).state();
			assertThat(state.route().mode()).isEqualTo(Mode.NORMAL);
			assertThat(state.nodes()).allSatisfy((node) -> {
				assertThat(node.role()).isEqualTo(Role.WRITABLE);
				assertThat(node.server()).startsWith("H2 2.");
				assertThat(node.history()).isNull();
			});
			Awaitility.await()
				.untilAsserted(() -> assertThat(output)
					.contains("nothing verifies that 'mirror' holds the data of the primary"));
			assertThat(output).doesNotContain("SPLIT_BRAIN");
			assertThat(state.ready()).isFalse();
		});
	}

	@Test
	void aFindingSaysThatNothingIsVerified() {
		this.pair.run((context) -> {
			Doctor doctor = context.getBean(Doctor.class);
			context.getBean(Failover.class).state();
			Awaitility.await()
				.untilAsserted(() -> assertThat(doctor.findings()).extracting(Finding::id).contains("no-history"));
		});
	}

	@Test
	void aMirrorThatAcceptsWritesTakesOver() {
		this.pair.run((context) -> {
			await(context, (state) -> state.route().mode() == Mode.NORMAL && state.status(new Node("mirror")).isUp());
			context.getBean(CircuitBreakerRegistry.class)
				.circuitBreaker("failover-primary")
				.transitionToForcedOpenState();
			await(context, (state) -> state.route().mode() == Mode.FAILED_OVER);
			assertThat(context.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class)).isOne();
			context.getBean(CircuitBreakerRegistry.class).circuitBreaker("failover-primary").transitionToClosedState();
			await(context, (state) -> state.status(new Node("primary")).isUp());
			assertThat(context.getBean(Failover.class).state().route().mode()).isEqualTo(Mode.FAILED_OVER);
		});
	}

	@Test
	void aQueryOfTheUserTellsTheRoles() {
		this.pair.withPropertyValues("failover.detection.role-query=select 'READ_ONLY'")
			.run((context) -> await(context, (state) -> state.route().mode() == Mode.READ_ONLY));
	}

	@Test
	void aQueryThatFailsCostsTheMirrorOnly() {
		this.pair.withPropertyValues("failover.detection.role-query=select nonsense").run((context) -> {
			context.getBean(JdbcTemplate.class).execute("create table orders (id int primary key)");
			// the state is published after the route
			await(context, (state) -> state.route().mode() == Mode.NORMAL);
		});
	}

	@Test
	void aProfileWithAnotherDatabaseThanTheMirrorRunsWithoutFailover(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("failover.mirror.url=jdbc:postgresql://127.0.0.1:1/orders?password=s3cret")
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean(Failover.class)
					.getBean(DataSource.class)
					.isExactlyInstanceOf(HikariDataSource.class);
				context.getBean(JdbcTemplate.class).execute("create table orders (id int primary key)");
				assertThat(output)
					.contains("Failover is off although a mirror is configured, because "
							+ "'spring.datasource.url' begins with 'jdbc:h2:' and 'failover.mirror.url' with "
							+ "'jdbc:postgresql:'")
					.doesNotContain("s3cret");
			});
	}

	private static void await(AssertableApplicationContext context, Predicate<FailoverState> condition) {
		Awaitility.await().until(() -> condition.test(context.getBean(Failover.class).state()));
	}

}
