package dev.failover.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.Remark;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Selects the dialect for the nodes: the beans of the application take precedence over
 * the dialects that {@code META-INF/spring.factories} names.
 */
final class DialectSelector {

	private static final Logger logger = LoggerFactory.getLogger(DialectSelector.class);

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
	 * Returns the dialect of all nodes: the generic one if none is known for the primary.
	 * @param pools pool of the primary, then those of the mirrors
	 * @param roleQuery query of the role for the generic dialect, or null
	 * @throws FailoverConfigurationException if a mirror is another product or the same
	 * database as another node, or if a URL cannot be used with failover
	 */
	Dialect select(List<ConfiguredPool> pools, @Nullable String roleQuery) {
		ConfiguredPool primary = pools.get(0);
		Dialect dialect = find(primary.url()).orElseGet(() -> Dialect.generic(primary.scheme(), roleQuery));
		if (roleQuery != null && dialect.tellsHistory()) {
			logger.warn("'failover.detection.role-query' is not used: failover has a dialect for '{}'. Remove it",
					primary.scheme());
		}
		pools.forEach((pool) -> checkUrl(pool, dialect.driverSettings()));
		for (int i = 1; i < pools.size(); i++) {
			ConfiguredPool mirror = pools.get(i);
			if (!dialect.supports(mirror.url())) {
				throw differentProducts(primary, mirror);
			}
			pools.subList(0, i)
				.stream()
				.filter((other) -> isSameDatabase(other.hikari(), mirror.hikari(), dialect.driverSettings()))
				.findFirst()
				.ifPresent((other) -> {
					throw sameDatabase(other, mirror, dialect);
				});
		}
		return dialect;
	}

	private static boolean isSameDatabase(HikariConfig one, HikariConfig other, JdbcDriverSettings driver) {
		return driver.address(one.getJdbcUrl()).equals(driver.address(other.getJdbcUrl()))
				&& driver.serverSelection(one.getJdbcUrl(), one.getDataSourceProperties())
					.equals(driver.serverSelection(other.getJdbcUrl(), other.getDataSourceProperties()));
	}

	/**
	 * Checks that a URL leads to one server at a time, as far as its driver knows.
	 */
	private static void checkUrl(ConfiguredPool pool, JdbcDriverSettings driver) {
		driver.remarks(pool.url(), pool.hikari().getDataSourceProperties())
			.stream()
			.filter((remark) -> remark.kind() == Remark.Kind.REFUSED)
			.findFirst()
			.ifPresent((remark) -> {
				throw new FailoverConfigurationException(
						pool.node().property("url") + " cannot be used with failover. " + remark.problem(),
						remark.remedy());
			});
	}

	private static FailoverConfigurationException differentProducts(ConfiguredPool primary, ConfiguredPool mirror) {
		String url = mirror.node().property("url");
		String primaryUrl = primary.node().property("url");
		return new FailoverConfigurationException(
				url + " begins with '" + mirror.scheme() + "' and " + primaryUrl + " with '" + primary.scheme()
						+ "': the mirror is not a replica of the primary.",
				"Set " + url + " to a replica of the database that " + primaryUrl + " names.");
	}

	private static FailoverConfigurationException sameDatabase(ConfiguredPool other, ConfiguredPool mirror,
			Dialect dialect) {
		String url = mirror.node().property("url");
		return new FailoverConfigurationException(
				url + " and " + other.node().property("url") + " lead to the same database '"
						+ dialect.driverSettings().address(mirror.url()) + "'.",
				"Set " + url + " to the JDBC URL of the mirror, or remove it to run without this mirror.");
	}

}
