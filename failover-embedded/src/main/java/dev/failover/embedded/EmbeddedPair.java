package dev.failover.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL primary and its streaming hot standby.
 */
public final class EmbeddedPair implements AutoCloseable {

	EmbeddedPair() {
	}

	public static Builder builder() {
		return new Builder();
	}

	public static EmbeddedPair start() {
		return builder().start();
	}

	public EmbeddedNode primary() {
		return node("primary");
	}

	public EmbeddedNode mirror() {
		return node("mirror");
	}

	public EmbeddedNode node(String name) {
		throw new UnsupportedOperationException();
	}

	public List<EmbeddedNode> nodes() {
		throw new UnsupportedOperationException();
	}

	public String username() {
		throw new UnsupportedOperationException();
	}

	public String password() {
		throw new UnsupportedOperationException();
	}

	public String database() {
		throw new UnsupportedOperationException();
	}

	public Optional<FailoverManager> manager() {
		return Optional.empty();
	}

	@Override
	public void close() {
	}

	/**
	 * Settings of a new pair.
	 */
	public static final class Builder {

		Builder() {
		}

		public Builder database(String database) {
			return this;
		}

		public Builder username(String username) {
			return this;
		}

		public Builder password(String password) {
			return this;
		}

		public Builder grantMonitoring(boolean grantMonitoring) {
			return this;
		}

		public Builder synchronous(boolean synchronous) {
			return this;
		}

		public Builder promoteAfter(@Nullable Duration promoteAfter) {
			return this;
		}

		public Builder fencing(boolean fencing) {
			return this;
		}

		public Builder setting(String name, String value) {
			return this;
		}

		public Builder closeOnExit(boolean closeOnExit) {
			return this;
		}

		public EmbeddedPair start() {
			throw new UnsupportedOperationException();
		}

	}

}
