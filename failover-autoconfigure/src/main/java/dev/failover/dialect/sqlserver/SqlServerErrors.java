package dev.failover.dialect.sqlserver;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.ErrorClass;
import org.jspecify.annotations.Nullable;

/**
 * Meaning of the errors of SQL Server and of mssql-jdbc. The code tells all: the driver
 * derives the SQLState of a server's error from its state number, or with
 * {@code xopenStates=true} gives nearly all of them 42000.
 * <p>
 * Sources: "Database Engine events and errors", the pages for 0 to 999, 3000 to 3999,
 * 6000 to 6999, 16000 to 17999 and 18000 to 18999; for 4060, 4221 and the codes from
 * 10000 on, "Troubleshoot connectivity issues and other errors with Azure SQL Database
 * and Azure SQL Managed Instance". No server has raised them here.
 */
final class SqlServerErrors {

	/**
	 * Database read-only (3906), in emergency mode or damaged (3908).
	 */
	private static final Set<Integer> READ_ONLY = Set.of(3906, 3908);

	/**
	 * Session killed (596, 17191), shutdown (6005, 17188), service interrupted by a
	 * failover (40197).
	 */
	private static final Set<Integer> CONNECTION_LOST = Set.of(596, 6005, 17188, 17191, 40197);

	/**
	 * The server answers, but does not open the database: recovery not done (921, 922),
	 * restore (927), offline (942), transition (952), mirror (954), mirroring without
	 * quorum or not synchronized (955, 956), secondary replica that is not readable (976)
	 * or for read intent only (978), role being resolved (983), cluster without quorum
	 * (988), database cannot be opened (4060), secondary replica without row versions
	 * (4221), database not available (40613). Or it is not ready: 17187, script upgrade
	 * (18401), administrators only (18451, 18461).
	 */
	private static final Set<Integer> STARTING_UP = Set.of(921, 922, 927, 942, 952, 954, 955, 956, 976, 978, 983, 988,
			4060, 4221, 40613, 17187, 18401, 18451, 18461);

	/**
	 * Limits of sessions, workers and licences, service paused (17142), no thread
	 * (17189), login too slow (17197), service busy (40501, 49918 to 49920).
	 */
	private static final Set<Integer> OVERLOADED = Set.of(10928, 10929, 10936, 17142, 17189, 17197, 17300, 17809, 17810,
			18458, 18459, 18460, 40501, 49918, 49919, 49920);

	/**
	 * Principal without access to the database (916), no read intent wanted (979), logon
	 * trigger (17892), untrusted domain (18452), wrong login (18456), account disabled
	 * (18470) or locked (18486), password expired or to be changed (18487, 18488),
	 * firewall (40615).
	 */
	private static final Set<Integer> UNAUTHORIZED = Set.of(916, 979, 17892, 18452, 18456, 18470, 18486, 18487, 18488,
			40615);

	private static final Map<Integer, ErrorClass> CLASSES = Map
		.of(ErrorClass.READ_ONLY, READ_ONLY, ErrorClass.CONNECTION_LOST, CONNECTION_LOST, ErrorClass.STARTING_UP,
				STARTING_UP, ErrorClass.OVERLOADED, OVERLOADED, ErrorClass.UNAUTHORIZED, UNAUTHORIZED)
		.entrySet()
		.stream()
		.flatMap((codes) -> codes.getValue().stream().flatMap((code) -> Stream.of(Map.entry(code, codes.getKey()))))
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	private SqlServerErrors() {
	}

	/**
	 * Returns the class of an error. What the driver raises itself has the code 0 and, if
	 * the connection is gone, a SQLState 08.
	 */
	static @Nullable ErrorClass classify(SQLException error) {
		if (error.getErrorCode() != 0) {
			return CLASSES.get(error.getErrorCode());
		}
		String state = error.getSQLState();
		return (state != null && state.startsWith("08")) ? ErrorClass.CONNECTION_LOST : null;
	}

}
