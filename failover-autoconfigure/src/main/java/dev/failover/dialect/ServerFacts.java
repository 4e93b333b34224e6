package dev.failover.dialect;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Facts about a server that the login of the application can read.
 *
 * @param missingGrants grants that the login lacks, without which replication cannot be
 * read in full
 * @param connectionLimit number of connections that the server admits for the login, or
 * null if it is not known
 * @param instance identifier of the running server, which no other running server shares,
 * or null if it is not known
 */
public record ServerFacts(List<String> missingGrants, @Nullable Integer connectionLimit, @Nullable String instance) {

	/**
	 * Facts about a server of which nothing is known.
	 */
	public static final ServerFacts NOTHING = new ServerFacts(List.of(), null, null);

	public ServerFacts {
		missingGrants = List.copyOf(missingGrants);
	}

}
