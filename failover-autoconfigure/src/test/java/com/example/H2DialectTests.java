package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

import dev.failover.Condition;
import dev.failover.ErrorClass;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.autoconfigure.FailoverAutoConfiguration;
import dev.failover.dialect.Dialect;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link H2Dialect}, the example of {@code docs/dialect.md}: the steps of its
 * section "Test it".
 */
final class H2DialectTests {

	private static final Node PRIMARY = new Node("primary");

	private static final Node MIRROR = new Node("mirror");

	private final H2Dialect dialect = new H2Dialect();

	@AutoClose
	private H2Server primary;

	@AutoClose
	private H2Server mirror;

	private ApplicationContextRunner application;

	@BeforeEach
	void start() throws SQLException {
		this.primary = H2Server.leader();
		this.mirror = H2Server.followerOf(this.primary);
		this.application = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class))
			.withUserConfiguration(DatabaseConfiguration.class)
			.withPropertyValues("spring.datasource.url=" + this.primary.url(), "spring.datasource.username=app",
					"spring.datasource.password=app", "failover.mirror.url=" + this.mirror.url(),
					"failover.detection.interval=50ms", "failover.detection.recovery-threshold=1",
					"failover.replication.max-lag=1m");
	}

	@Test
	void anErrorTellsWhatBecameOfTheServer() throws SQLException {
		try (Connection reader = DriverManager.getConnection(this.mirror.url(), "app", "app")) {
			assertThat(error(() -> reader.createStatement().execute("insert into orders (item) values ('tea')")))
				.isEqualTo(ErrorClass.READ_ONLY);
			assertThat(error(() -> reader.createStatement().execute("select nonsense"))).isNull();
			this.mirror.stop();
			assertThat(error(() -> reader.createStatement().execute("select 1"))).isEqualTo(ErrorClass.CONNECTION_LOST);
		}
		assertThat(error(() -> DriverManager.getConnection(this.mirror.url(), "app", "app")))
			.isEqualTo(ErrorClass.CONNECTION_LOST);
		assertThat(error(() -> DriverManager.getConnection(this.primary.url(), "app", "wrong")))
			.isEqualTo(ErrorClass.UNAUTHORIZED);
	}

	@Test
	void theMirrorTakesOverOncePromotedAndTheOldLeaderGetsNoWrites() {
		this.application.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			FailoverState begin = await(context, FailoverState::ready);
			assertThat(begin.route().mode()).isEqualTo(Mode.NORMAL);
			assertThat(begin.conditions()).isEmpty();
			assertThat(begin.status(PRIMARY).address()).doesNotContain("jdbc:");
			order(jdbc);
			assertThat(this.primary.orders()).isOne();
			await(context, (state) -> behind(state) == 1);
			this.mirror.copy("tea");
			await(context, (state) -> behind(state) == 0);
			this.primary.stop();
			this.mirror.stopFollowing();
			await(context, (state) -> state.route().mode() == Mode.READ_ONLY);
			assertThat(jdbc.queryForObject("select count(*) from orders", Long.class)).isOne();
			this.mirror.promote();
			await(context, (state) -> state.route().mode() == Mode.FAILED_OVER);
			order(jdbc);
			assertThat(this.mirror.orders()).isEqualTo(2);
			this.primary.copy("written to the old leader");
			this.primary.restart();
			await(context, (state) -> conditions(state)
				.containsAll(List.of(Condition.Kind.DIVERGED, Condition.Kind.SPLIT_BRAIN)));
			order(jdbc);
			assertThat(this.mirror.orders()).isEqualTo(3);
		});
	}

	@Test
	void aFollowerThatReceivesNothingIsNotVerified() throws SQLException {
		this.mirror.stopFollowing();
		this.application
			.run((context) -> await(context, (state) -> conditions(state).contains(Condition.Kind.UNVERIFIED)));
	}

	@Test
	void aServerThatTellsNothingOfItselfTakesNoWritesFromTheMirror() throws SQLException {
		this.mirror.refuseState();
		this.application.run((context) -> {
			FailoverState state = await(context, (now) -> conditions(now).contains(Condition.Kind.UNVERIFIED));
			assertThat(state.ready()).isFalse();
			assertThat(state.route().mode()).isEqualTo(Mode.NORMAL);
		});
	}

	private static void order(JdbcTemplate jdbc) {
		jdbc.update("insert into orders (item) values ('tea')");
	}

	private static long behind(FailoverState state) {
		NodeStatus status = state.status(MIRROR);
		Long behind = (status.replication() != null) ? status.replication().behind() : null;
		return (behind != null) ? behind : -1;
	}

	private static List<Condition.Kind> conditions(FailoverState state) {
		return state.conditions().stream().map(Condition::kind).toList();
	}

	private static FailoverState await(AssertableApplicationContext context, Predicate<FailoverState> expected) {
		Failover failover = context.getBean(Failover.class);
		return Awaitility.await().until(failover::state, expected);
	}

	private ErrorClass error(Call call) {
		try {
			call.run();
		}
		catch (SQLException ex) {
			return this.dialect.classify(ex).orElse(null);
		}
		throw new AssertionError("It did not fail");
	}

	/**
	 * Call that fails.
	 */
	private interface Call {

		void run() throws SQLException;

	}

	@Configuration
	static class DatabaseConfiguration {

		@Bean
		Dialect h2Dialect() {
			return new H2Dialect();
		}

	}

}
