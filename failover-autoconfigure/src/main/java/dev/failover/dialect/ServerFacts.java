package dev.failover.dialect;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a server offers one login.
 *
 * @param missingGrants what the login must be granted so that all of replication can be
 * read
 * @param connectionLimit how many connections the server admits for the login, or null if
 * not known
 * @param instance what no other running server has, or null if not known
 */
public record ServerFacts(List<String> missingGrants, @Nullable Integer connectionLimit, @Nullable String instance) {

	/**
	 * Nothing is known.
	 */
	public static final ServerFacts NOTHING = new ServerFacts(List.of(), null, null);

	public ServerFacts {
		missingGrants = List.copyOf(missingGrants);
	}

}
