package dev.failover.internal.routing;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.Suspicions;
import dev.failover.internal.drill.Rehearsal;
import dev.failover.internal.drill.RehearsedDataSource;
import dev.failover.internal.error.ErrorClassification;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pool of a node from its configuration: our physical connections under it,
 * our error hook on it, no failing fast, and time-outs for connecting where none were
 * set.
 */
public final class NodePoolFactory {

	private final Dialect dialect;

	private final ErrorClassification errors;

	private final Suspicions suspicions;

	private final Supplier<Route> route;

	private final Executor workers;

	private final Duration detectionBudget;

	private @Nullable SharedDefaults defaults;

	public NodePoolFactory(Dialect dialect, ErrorClassification errors, Suspicions suspicions, Supplier<Route> route,
			Executor workers, Duration detectionBudget) {
		this.dialect = dialect;
		this.errors = errors;
		this.suspicions = suspicions;
		this.route = route;
		this.workers = workers;
		this.detectionBudget = detectionBudget;
	}

	/**
	 * Start the pool of a node. It does not wait for the node.
	 * @param rehearsal a fault that is rehearsed, met by whoever connects
	 * @param preferred whether work is expected to go to it until the first decision
	 */
	public NodePool create(Node node, HikariConfig config, Rehearsal rehearsal, boolean preferred) {
		AtomicReference<@Nullable NodePool> pool = new AtomicReference<>();
		TrafficErrors traffic = new TrafficErrors(node, this.errors, this.suspicions, this.route,
				() -> Optional.ofNullable(pool.get()).ifPresent(NodePool::retire), config.getExceptionOverride());
		NodeConnector physical = new NodeConnector(new RehearsedDataSource(driver(config), this.dialect, rehearsal),
				new SessionWarmUp(this.dialect, () -> isIdle(node, preferred)), this.workers, poolStatements(config),
				defaults(config), traffic::suspectConnect, this.detectionBudget);
		config.setDataSource(physical);
		config.setExceptionOverride(traffic);
		config.setInitializationFailTimeout(-1);
		NodePool created = new NodePool(node, new HikariDataSource(config), physical, this.workers, traffic::failures);
		pool.set(created);
		return created;
	}

	private boolean isIdle(Node node, boolean preferred) {
		Route current = this.route.get();
		return current.decided() ? !current.uses(node) : !preferred;
	}

	/**
	 * What a fresh session has, as far as configuration tells, until a real one has told
	 * it.
	 */
	private SharedDefaults defaults(HikariConfig config) {
		SharedDefaults shared = this.defaults;
		if (shared == null) {
			Duration socketTimeout = this.dialect.driverSettings()
				.timeouts(config.getJdbcUrl(), config.getDataSourceProperties())
				.socket();
			shared = new SharedDefaults(new SessionDefaults(this.dialect.defaultTransactionIsolation(),
					(socketTimeout != null) ? Math.toIntExact(socketTimeout.toMillis()) : 0));
			this.defaults = shared;
		}
		return shared;
	}

	private DriverDataSource driver(HikariConfig config) {
		Properties properties = this.dialect.driverSettings()
			.connectProperties(config.getJdbcUrl(), Duration.ofMillis(config.getConnectionTimeout()));
		config.getDataSourceProperties().forEach(properties::put);
		return new DriverDataSource(config.getJdbcUrl(), config.getDriverClassName(), properties, config.getUsername(),
				config.getPassword());
	}

	private static Set<String> poolStatements(HikariConfig config) {
		return Stream.of(config.getConnectionInitSql(), config.getConnectionTestQuery())
			.filter((sql) -> sql != null)
			.collect(Collectors.toUnmodifiableSet());
	}

}
