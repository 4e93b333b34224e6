package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.Dialect;

/**
 * Finds at start-up what can be known to be wrong with the nodes.
 *
 * @param dialects the dialects that there are
 */
record NodeCheck(DialectSelector dialects) {

	/**
	 * The dialect of both nodes.
	 * @throws FailoverConfigurationException if they are one, differ in kind, or are of a
	 * kind that nobody knows
	 */
	Dialect dialect(HikariConfig primary, HikariConfig mirror) {
		String url = primary.getJdbcUrl();
		String mirrorUrl = mirror.getJdbcUrl();
		if (JdbcUrl.same(url, mirrorUrl)) {
			throw new FailoverConfigurationException(
					"The mirror's URL '" + JdbcUrl.withoutSecrets(mirrorUrl) + "' is the primary's.",
					"Set 'failover.mirror.url' to the JDBC URL of the mirror, or remove it to run without failover.");
		}
		Dialect dialect = this.dialects.find(url).orElseThrow(() -> unknown(url));
		if (!dialect.supports(mirrorUrl)) {
			throw new FailoverConfigurationException(
					"The mirror '" + JdbcUrl.withoutSecrets(mirrorUrl) + "' is not a database of the primary's kind '"
							+ JdbcUrl.withoutSecrets(url) + "'.",
					"Set 'failover.mirror.url' to a replica of the database that 'spring.datasource.url' names.");
		}
		return dialect;
	}

	private static FailoverConfigurationException unknown(String url) {
		return new FailoverConfigurationException(
				"Failover does not know the database behind '" + JdbcUrl.withoutSecrets(url) + "'.",
				"Use PostgreSQL, or define a bean of type " + Dialect.class.getName() + " for it.");
	}

}
