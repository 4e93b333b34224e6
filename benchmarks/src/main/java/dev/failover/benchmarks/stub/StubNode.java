package dev.failover.benchmarks.stub;

import org.jspecify.annotations.Nullable;

/**
 * The two servers that the stub driver speaks for: a writable PostgreSQL primary and the
 * mirror that follows it. Their URLs are PostgreSQL's, so that every product treats them
 * as such.
 */
public enum StubNode {

	PRIMARY, MIRROR;

	/**
	 * The statement that the benchmarks execute.
	 */
	public static final String STATEMENT = "select 1";

	private static final String CLUSTER = "7423000000000000001";

	private static final long POSITION = 4096;

	private static final StubRows ONE = StubRows.of(1);

	/**
	 * JDBC URL of the node.
	 */
	public String url() {
		return "jdbc:postgresql://" + host() + ":5432/benchmark";
	}

	/**
	 * Name of its host, which does not exist.
	 */
	public String host() {
		return (this == PRIMARY) ? "primary.stub" : "mirror.stub";
	}

	static @Nullable StubNode at(String url) {
		for (StubNode node : values()) {
			if (url.contains("//" + node.host() + ":")) {
				return node;
			}
		}
		return null;
	}

	/**
	 * What the node answers: the benchmark's statement and the product's two probes with
	 * one row each, anything else with none.
	 */
	StubRows answer(String sql) {
		if (sql.equals(STATEMENT)) {
			return ONE;
		}
		if (sql.contains("pg_stat_wal_receiver")) {
			return StubRows.of(this == MIRROR, 1L, 0);
		}
		return sql.contains("pg_control_system") ? role() : StubRows.NONE;
	}

	private StubRows role() {
		return (this == PRIMARY) ? StubRows.of(false, CLUSTER, POSITION, 1L, "off", null)
				: StubRows.of(true, CLUSTER, POSITION, null, "off", null);
	}

}
