package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PlaceholderConnection}: it satisfies a pool, and nobody else.
 */
final class PlaceholderConnectionTests {

	private final AtomicInteger closed = new AtomicInteger();

	private final Connection placeholder = PlaceholderConnection.open(
			new SessionDefaults(Connection.TRANSACTION_REPEATABLE_READ, 5_000), Set.of("set search_path = orders"),
			this.closed::incrementAndGet);

	@Test
	void isRecognized() throws SQLException {
		assertThat(PlaceholderConnection.isPlaceholder(this.placeholder)).isTrue();
		assertThat(this.placeholder.isWrapperFor(Connection.class)).isFalse();
		assertThat(this.placeholder.unwrap(Connection.class)).isSameAs(this.placeholder);
		assertThat(this.placeholder).hasToString("placeholder connection");
	}

	@Test
	void hasTheDefaultsOfTheSessionUntilTheyAreSet() throws SQLException {
		assertThat(this.placeholder.getAutoCommit()).isTrue();
		assertThat(this.placeholder.isReadOnly()).isFalse();
		assertThat(this.placeholder.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
		assertThat(this.placeholder.getNetworkTimeout()).isEqualTo(5_000);
		assertThat(this.placeholder.getCatalog()).isNull();
		assertThat(this.placeholder.getSchema()).isNull();
	}

	@Test
	void keepsWhatThePoolSets() throws SQLException {
		this.placeholder.setAutoCommit(false);
		this.placeholder.setReadOnly(true);
		this.placeholder.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
		this.placeholder.setNetworkTimeout(Runnable::run, 7);
		this.placeholder.setCatalog("shop");
		this.placeholder.setSchema("orders");
		assertThat(this.placeholder.getAutoCommit()).isFalse();
		assertThat(this.placeholder.isReadOnly()).isTrue();
		assertThat(this.placeholder.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
		assertThat(this.placeholder.getNetworkTimeout()).isEqualTo(7);
		assertThat(this.placeholder.getCatalog()).isEqualTo("shop");
		assertThat(this.placeholder.getSchema()).isEqualTo("orders");
	}

	@Test
	void letsThePoolSetItUpValidateItAndEndItsTransaction() throws SQLException {
		try (Statement statement = this.placeholder.createStatement()) {
			statement.setQueryTimeout(5);
			assertThat(statement.execute("set search_path = orders")).isFalse();
		}
		this.placeholder.clearWarnings();
		assertThat((Object) this.placeholder.getWarnings()).isNull();
		this.placeholder.commit();
		this.placeholder.rollback();
		assertThat(this.placeholder.isValid(1)).isTrue();
	}

	@Test
	@SuppressWarnings("resource")
	void refusesTheWorkOfAnApplication() throws SQLException {
		assertRefused(() -> this.placeholder.prepareStatement("select 1"));
		assertRefused(() -> this.placeholder.getMetaData());
		assertRefused(() -> this.placeholder.setSavepoint());
		Statement statement = this.placeholder.createStatement();
		assertRefused(() -> statement.execute("select 1"));
		assertRefused(() -> statement.executeQuery("set search_path = orders"));
	}

	private static void assertRefused(ThrowingCallable work) {
		assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(work)
			.withMessageContaining("no server")
			.satisfies((refusal) -> assertThat(refusal.getSQLState()).isEqualTo("08003"));
	}

	@Test
	void isClosedOnce() throws SQLException {
		assertThat(this.placeholder.isClosed()).isFalse();
		this.placeholder.close();
		this.placeholder.abort(Runnable::run);
		assertThat(this.closed).hasValue(1);
		assertThat(this.placeholder.isClosed()).isTrue();
		assertThat(this.placeholder.isValid(1)).isFalse();
	}

	@Test
	void equalsOnlyItself() {
		Connection other = PlaceholderConnection.open(new SessionDefaults(0, 0), Set.of(), () -> {
		});
		assertThat(List.of(other, this.placeholder)).contains(this.placeholder);
		assertThat(this.placeholder).isNotEqualTo(other);
		assertThat(this.placeholder.hashCode()).isEqualTo(System.identityHashCode(this.placeholder));
	}

}
