package dev.failover.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EmbeddedService}.
 */
class EmbeddedServiceTests {

	@AutoClose
	private static final SharedPair shared = new SharedPair(EmbeddedPair.builder().mirrors(2).start());

	private static final EmbeddedPair pair = shared.pair();

	private static final EmbeddedNode primary = pair.primary();

	private static final EmbeddedNode mirror1 = pair.node("mirror1");

	private static final EmbeddedNode mirror2 = pair.node("mirror2");

	@AutoClose
	private final EmbeddedService writable = pair.service(ServiceRole.WRITABLE).start();

	@AutoClose
	private final EmbeddedService readOnly = pair.service(ServiceRole.READ_ONLY).start();

	@AfterEach
	void restore() {
		shared.restore();
	}

	@Test
	void aServiceLeadsToTheNodesThatHaveItsRole() throws SQLException {
		assertThat(this.writable.endpoints()).containsExactly(primary);
		assertThat(this.readOnly.endpoints()).containsExactly(mirror1, mirror2);
		assertThat(node(this.writable)).isEqualTo("primary");
		Set<String> reached = new TreeSet<>();
		for (int i = 0; i < 4; i++) {
			reached.add(node(this.readOnly));
		}
		assertThat(reached).containsExactly("mirror1", "mirror2");
		assertThat(this.writable.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:" + this.writable.port() + "/app");
		assertThat(this.writable.role()).isEqualTo(ServiceRole.WRITABLE);
	}

	@Test
	void theServicesFollowTheRolesThroughASwitchover() throws SQLException {
		try (EmbeddedService late = pair.service(ServiceRole.WRITABLE).endpointDelay(Duration.ofHours(1)).start();
				EmbeddedService soon = pair.service(ServiceRole.WRITABLE)
					.endpointDelay(Duration.ofMillis(100))
					.start()) {
			mirror1.promote();
			assertEndpoints(this.writable, mirror1);
			assertEndpoints(this.readOnly, primary, mirror2);
			assertEndpoints(soon, mirror1);
			assertThat(node(this.writable)).isEqualTo("mirror1");
			assertThat(late.endpoints()).containsExactly(primary);
			assertThat(node(late)).isEqualTo("primary");
		}
	}

	@Test
	void connectionsAreRefusedAtOnceWhileNoNodeHasTheRole() throws SQLException {
		primary.kill();
		assertEndpoints(this.writable);
		assertRefused(this.writable);
		mirror2.promote();
		assertEndpoints(this.writable, mirror2);
		assertThat(node(this.writable)).isEqualTo("mirror2");
	}

	@Test
	void openConnectionsStayWhereTheyAre() throws SQLException {
		try (Connection open = connect(this.writable)) {
			this.writable.pointTo(mirror1);
			assertThat(node(this.writable)).isEqualTo("mirror1");
			assertThat(node(open)).isEqualTo("primary");
			this.writable.withdrawEndpoints();
			assertThat(this.writable.endpoints()).isEmpty();
			assertRefused(this.writable);
			assertThat(node(open)).isEqualTo("primary");
		}
		this.writable.followRole();
		assertThat(node(this.writable)).isEqualTo("primary");
	}

	@Test
	void sessionsAreShutDownOnRequestWhenTheEndpointMoves() throws SQLException {
		try (EmbeddedService proxy = pair.service(ServiceRole.READ_ONLY).shutdownSessions(true).start();
				Connection first = connect(proxy);
				Connection second = connect(proxy)) {
			assertThat(Set.of(node(first), node(second))).containsExactlyInAnyOrder("mirror1", "mirror2");
			Connection onMirror1 = node(first).equals("mirror1") ? first : second;
			Connection onMirror2 = (onMirror1 == first) ? second : first;
			mirror1.promoteAlone();
			assertEndpoints(proxy, mirror2);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> node(onMirror1));
			assertThat(node(onMirror2)).isEqualTo("mirror2");
			assertThat(shared.client("mirror1").query("SELECT 1")).isEqualTo("1");
		}
	}

	@Test
	void bothServicesCanLeadToOneServer() throws SQLException {
		this.readOnly.pointTo(primary);
		assertThat(node(this.readOnly)).isEqualTo(node(this.writable)).isEqualTo("primary");
		assertThatIllegalArgumentException().isThrownBy(() -> this.readOnly.pointTo());
	}

	@Test
	void aServerThatDoesNotAnswerIsNoEndpointForLong() throws SQLException {
		mirror1.freeze();
		assertEndpoints(this.readOnly, mirror2);
		assertThat(node(this.readOnly)).isEqualTo("mirror2");
		mirror1.thaw();
		assertEndpoints(this.readOnly, mirror1, mirror2);
	}

	@Test
	void aServiceDoesNotKeepAServerFromStoppingSmartly() {
		mirror1.stop(StopMode.SMART);
		eventually(() -> assertThat(mirror1.isRunning()).isFalse());
		assertEndpoints(this.readOnly, mirror2);
	}

	@Test
	void theFaultsOfALinkAffectConnectionsThroughAService() throws SQLException {
		try (Connection open = connect(this.writable)) {
			primary.link().reset();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> node(open));
		}
		assertThat(this.writable.endpoints()).containsExactly(primary);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> node(this.writable));
	}

	@Test
	void aClosedServiceResetsItsConnectionsAndRefusesNewOnes() throws SQLException {
		try (Connection open = connect(this.writable)) {
			this.writable.close();
			this.writable.close();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> node(open));
			assertRefused(this.writable);
		}
	}

	private static void assertEndpoints(EmbeddedService service, EmbeddedNode... nodes) {
		eventually(() -> assertThat(service.endpoints()).containsExactly(nodes));
	}

	private static void assertRefused(EmbeddedService service) {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(service))
			.withMessageContaining("refused");
	}

	private static String node(EmbeddedService service) throws SQLException {
		try (Connection connection = connect(service)) {
			return node(connection);
		}
	}

	private static String node(Connection connection) throws SQLException {
		return NodeClient.query(connection, "SHOW cluster_name");
	}

	private static Connection connect(EmbeddedService service) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", pair.username());
		properties.setProperty("password", pair.password());
		properties.setProperty("connectTimeout", "2");
		properties.setProperty("socketTimeout", "5");
		return DriverManager.getConnection(service.jdbcUrl(), properties);
	}

}
