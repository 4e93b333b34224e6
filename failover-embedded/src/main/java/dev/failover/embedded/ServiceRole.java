package dev.failover.embedded;

/**
 * Role of the servers to which an {@link EmbeddedService} leads.
 */
public enum ServiceRole {

	/**
	 * The primary, as with the Kubernetes Service {@code -rw} of a PostgreSQL operator.
	 */
	WRITABLE,

	/**
	 * The hot standbys, as with the Kubernetes Service {@code -ro}.
	 */
	READ_ONLY

}
