package dev.failover.benchmarks.recovery.contender;

/**
 * Addresses of a pair, and how to log in.
 *
 * @param primary port of the primary
 * @param mirror port of the mirror
 * @param database name of the database
 * @param username user name
 * @param password password
 */
public record Endpoints(int primary, int mirror, String database, String username, String password) {

	static final String HOST = "127.0.0.1";

	String primaryUrl() {
		return url(HOST + ":" + this.primary);
	}

	String mirrorUrl() {
		return url(HOST + ":" + this.mirror);
	}

	/**
	 * Returns the hosts and ports of both nodes, the primary first.
	 */
	public String hosts() {
		return HOST + ":" + this.primary + "," + HOST + ":" + this.mirror;
	}

	String url(String hosts) {
		return "jdbc:postgresql://" + hosts + "/" + this.database;
	}

	@Override
	public String toString() {
		return hosts();
	}

}
