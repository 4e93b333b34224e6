package dev.failover.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.failover.dialect.Dialect;
import dev.failover.dialect.postgresql.PostgresDialect;

/**
 * Finds the dialect for a JDBC URL: an application's own first, then the built-in ones.
 */
public final class DialectSelector {

	private static final List<Dialect> BUILT_IN = List.of(new PostgresDialect());

	private final List<Dialect> all;

	public DialectSelector(List<Dialect> own) {
		this.all = new ArrayList<>(own);
		this.all.addAll(BUILT_IN);
	}

	/**
	 * The first dialect that supports the URL.
	 */
	public Optional<Dialect> find(String jdbcUrl) {
		for (Dialect dialect : this.all) {
			if (dialect.supports(jdbcUrl)) {
				return Optional.of(dialect);
			}
		}
		return Optional.empty();
	}

}
