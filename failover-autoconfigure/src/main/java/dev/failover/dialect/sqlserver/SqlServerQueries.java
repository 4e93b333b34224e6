package dev.failover.dialect.sqlserver;

import java.util.ArrayList;
import java.util.List;

import dev.failover.dialect.PartialQuery;
import dev.failover.dialect.PartialQuery.Part;

/**
 * Queries for role, history and replication of a database of SQL Server. Their parts bear
 * the names of the functions and views that they read; parts of several values separate
 * them by {@code |}.
 * <p>
 * Sources, all from the Transact-SQL reference: "DATABASEPROPERTYEX",
 * "sys.fn_hadr_is_primary_replica", "sys.dm_hadr_database_replica_states",
 * "sys.dm_hadr_availability_replica_states", "sys.database_mirroring",
 * "sys.database_recovery_status", "HAS_PERMS_BY_NAME" and "System dynamic management
 * views", which names the permissions. No server has answered them here.
 */
final class SqlServerQueries {

	static final String UPDATEABILITY = "databasepropertyex('Updateability')";

	static final String PRIMARY = "sys.fn_hadr_is_primary_replica";

	static final String MIRRORING = "sys.database_mirroring";

	static final String SERVER = "serverproperty('ServerName')";

	static final String REPLICA = "sys.databases";

	static final String FORKS = "sys.database_recovery_status";

	static final String LOG = "sys.dm_hadr_database_replica_states";

	static final String RECEIVING = "sys.dm_hadr_availability_replica_states";

	static final String LAG = "sys.dm_hadr_database_replica_states.secondary_lag_seconds";

	static final String FOLLOWERS = "sys.dm_hadr_database_replica_states.is_commit_participant";

	static final String STATE_GRANT = "has_perms_by_name";

	static final String CONNECTIONS = "@@max_connections";

	private static final String GRANT = " Grant VIEW SERVER STATE to the login, or VIEW SERVER PERFORMANCE STATE on "
			+ "SQL Server 2022 and later.";

	private static final String ANY_DATABASE = " Grant VIEW ANY DATABASE to the login.";

	/** The row of this replica for this database. */
	private static final String LOCAL = " from sys.dm_hadr_database_replica_states d "
			+ "where d.is_local = 1 and d.database_id = db_id()";

	/**
	 * Reads role, identity and history. A login may always see the row of its own
	 * database and that of {@code tempdb}, which is created when the server starts.
	 */
	static final PartialQuery READING = query(
			new Part(UPDATEABILITY, "cast(databasepropertyex(db_name(), 'Updateability') as nvarchar(128))",
					"The role is not known then."),
			new Part(PRIMARY, "sys.fn_hadr_is_primary_replica(db_name())",
					"The role is then only whether the database can be updated, and a promotion cannot be verified."
							+ GRANT),
			new Part(SERVER, """
					cast(serverproperty('ServerName') as nvarchar(128)) + '@'
					+ (select convert(varchar(23), create_date, 126) from sys.databases where name = 'tempdb')""",
					"Two names for one server, and a name that leads to another server, cannot be told then."),
			new Part(REPLICA,
					"""
							(select concat(replica_id, '|', group_database_id) from sys.databases where database_id = db_id())""",
					"It cannot be verified then that the nodes hold the same database."),
			new Part(FORKS,
					"""
							(select concat(family_guid, '|', recovery_fork_guid, '|', first_recovery_fork_guid, '|', fork_point_lsn)
							 from sys.database_recovery_status where database_id = db_id())""",
					"A forced failover cannot be told then." + ANY_DATABASE),
			new Part(MIRRORING, """
					(select concat(mirroring_role, '|', mirroring_guid, '|', mirroring_role_sequence, '|',
					               mirroring_failover_lsn, '|', mirroring_end_of_log_lsn)
					 from sys.database_mirroring where database_id = db_id())""",
					"Database mirroring cannot be verified then." + ANY_DATABASE),
			new Part(LOG, "(select concat(d.last_commit_lsn, '|', d.recovery_lsn)" + LOCAL + ")",
					"The lag of the mirrors is not known then, nor what a promoted one lacks." + GRANT));

	/**
	 * Reads what a replica says of its replication. A secondary replica knows the state
	 * of its own connection to the primary only.
	 */
	static final PartialQuery REPLICATION = query(
			new Part(RECEIVING, """
					coalesce((select max(case when d.is_primary_replica = 0 and d.synchronization_state in (1, 2)
					                               and d.is_suspended = 0 and r.connected_state = 1 then 1 else 0 end)
					          from sys.dm_hadr_database_replica_states d
					          join sys.dm_hadr_availability_replica_states r on r.replica_id = d.replica_id
					          where d.is_local = 1 and d.database_id = db_id()), 0)""",
					"It cannot be verified then that this mirror replicates the leader." + GRANT),
			new Part(REPLICA,
					"(select convert(varchar(36), replica_id) from sys.databases where database_id = db_id())",
					"The name under which this mirror follows is not known then."),
			new Part(LAG, "(select d.secondary_lag_seconds" + LOCAL + ")",
					"The lag is then known only where positions can be compared." + GRANT),
			new Part(FOLLOWERS, """
					coalesce((select concat(d.replica_id, ' ', d.is_commit_participant, ';')
					          from sys.dm_hadr_database_replica_states d
					          where d.is_local = 0 and d.synchronization_state in (1, 2)
					            and d.group_database_id = (select group_database_id from sys.databases
					                                       where database_id = db_id())
					          for xml path('')), '')""",
					"It is not known then which mirrors follow this server and whether commits wait for them."
							+ GRANT));

	static final PartialQuery FACTS = query(
			new Part(STATE_GRANT, """
					case when has_perms_by_name(null, null, 'VIEW SERVER STATE') = 1
					       or has_perms_by_name(null, null, 'VIEW SERVER PERFORMANCE STATE') = 1 then 1 else 0 end""",
					"Missing grants are not known then."),
			new Part(CONNECTIONS, "@@max_connections", "The connection limit is not known then."));

	/**
	 * Reads the last commit of a database that accepts writes.
	 */
	static final PartialQuery COMMITTED = query(
			new Part(LOG, "(select d.last_commit_lsn" + LOCAL + " and d.is_primary_replica = 1)",
					"Reads after a write cannot be served by mirrors then." + GRANT));

	private SqlServerQueries() {
	}

	/**
	 * Returns a query whose first part is a constant: its failure shows that an error is
	 * not about one of the other parts.
	 */
	private static PartialQuery query(Part... parts) {
		List<Part> all = new ArrayList<>(List.of(new Part("answers", "1", null)));
		all.addAll(List.of(parts));
		return new PartialQuery(all);
	}

}
