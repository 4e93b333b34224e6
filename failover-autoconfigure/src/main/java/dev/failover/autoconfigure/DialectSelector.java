package dev.failover.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.Dialect;

import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Selects the dialect for the nodes: the beans of the application take precedence over
 * the dialects that {@code META-INF/spring.factories} names.
 */
final class DialectSelector {

	private final List<Dialect> dialects;

	/**
	 * Creates a selector.
	 * @param beans the application's own dialects, in order
	 */
	DialectSelector(List<Dialect> beans) {
		this.dialects = new ArrayList<>(beans);
		this.dialects.addAll(SpringFactoriesLoader.forDefaultResourceLocation(DialectSelector.class.getClassLoader())
			.load(Dialect.class));
	}

	/**
	 * Returns the first dialect that supports the URL.
	 */
	Optional<Dialect> find(String jdbcUrl) {
		return this.dialects.stream().filter((dialect) -> dialect.supports(jdbcUrl)).findFirst();
	}

	/**
	 * Returns the dialect of both nodes.
	 * @throws FailoverConfigurationException if no dialect supports the primary, or if
	 * the mirror is another product or the same database
	 */
	Dialect select(HikariConfig primary, HikariConfig mirror) {
		String url = primary.getJdbcUrl();
		String mirrorUrl = mirror.getJdbcUrl();
		Dialect dialect = find(url).orElseThrow(() -> unsupported(url));
		if (!dialect.supports(mirrorUrl)) {
			throw differentProducts(url, mirrorUrl);
		}
		String address = dialect.driverSettings().address(url);
		if (address.equals(dialect.driverSettings().address(mirrorUrl))) {
			throw new FailoverConfigurationException(
					"'failover.mirror.url' and 'spring.datasource.url' lead to the same database '" + address + "'.",
					"Set 'failover.mirror.url' to the JDBC URL of the mirror, or remove it to run without failover.");
		}
		return dialect;
	}

	private static FailoverConfigurationException unsupported(String url) {
		return new FailoverConfigurationException(
				"'spring.datasource.url' begins with '" + new ConfiguredUrl(url, ConfiguredNodes.PRIMARY).scheme()
						+ "', which is a database that failover does not support.",
				"Define a bean of type " + Dialect.class.getName() + " for it, or set 'failover.enabled' to false.");
	}

	private static FailoverConfigurationException differentProducts(String url, String mirrorUrl) {
		return new FailoverConfigurationException(
				"'failover.mirror.url' begins with '" + new ConfiguredUrl(mirrorUrl, ConfiguredNodes.MIRROR).scheme()
						+ "' and 'spring.datasource.url' with '"
						+ new ConfiguredUrl(url, ConfiguredNodes.PRIMARY).scheme()
						+ "': the mirror is not a replica of the primary.",
				"Set 'failover.mirror.url' to a replica of the database that 'spring.datasource.url' names.");
	}

}
