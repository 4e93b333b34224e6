package dev.failover.internal.routing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.socket.DriverConnector;

/**
 * Creates the pool of a node from its configuration, with a {@link NodeConnector} under
 * it and {@link TrafficErrors} as its error hook. Switches failing fast off, and bounds
 * connecting where no time-out was set.
 */
public final class NodePoolFactory {

	private final ErrorClassification errors;

	private final CurrentRoute route;

	private final PoolExecutors executors;

	private final Duration verdictTime;

	private final SessionDefaults defaults;

	/**
	 * Creates a factory.
	 * @param executors threads that may block while connecting or aborting
	 * @param verdictTime longest time that a failed connect waits for the prober's
	 * verdict
	 * @param preferred pool on the preferred node, whose configuration gives the defaults
	 * of sessions until the first connection is open
	 */
	public NodePoolFactory(ErrorClassification errors, CurrentRoute route, PoolExecutors executors,
			Duration verdictTime, PoolDefinition preferred) {
		this.errors = errors;
		this.route = route;
		this.executors = executors;
		this.verdictTime = verdictTime;
		Duration socketTimeout = preferred.dialect()
			.driverSettings()
			.timeouts(preferred.config().getJdbcUrl(), preferred.config().getDataSourceProperties())
			.socket();
		this.defaults = new SessionDefaults(preferred.dialect().defaultTransactionIsolation(),
				(socketTimeout != null) ? Math.toIntExact(socketTimeout.toMillis()) : 0);
	}

	/**
	 * Starts the pool of a node. Does not wait for the node.
	 * @param decorator decorates the data source that opens physical connections
	 * @param listener is told what the traffic tells of the node
	 */
	public NodePool create(PoolDefinition definition, UnaryOperator<DataSource> decorator, TrafficListener listener) {
		OpenConnections open = new OpenConnections();
		DataSource driver = decorator.apply(new PhysicalDataSource(driver(definition), open));
		return create(definition, driver, open, listener);
	}

	/**
	 * Creates a pool that is not started.
	 * @param unstarted its configuration is a pool that is not started
	 * @param driver opens its physical connections
	 * @param listener is told what the traffic tells of the node
	 */
	public NodePool create(PoolDefinition unstarted, DataSource driver, TrafficListener listener) {
		return create(unstarted, driver, new OpenConnections(), listener);
	}

	private NodePool create(PoolDefinition definition, DataSource driver, OpenConnections open,
			TrafficListener listener) {
		HikariConfig config = definition.config();
		ConnectPace pace = new ConnectPace(() -> givesWay(definition.node()));
		NodeConnector connector = new NodeConnector(new NodeConnector.PhysicalConnections(driver, open, pace),
				new SessionPreparation(new SessionWarmUp(definition.dialect(), () -> isIdle(definition)), this.defaults,
						config.getValidationTimeout()),
				new NodeConnector.Placeholders(this.defaults, poolStatements(config)),
				new VerdictLatch(suspicion(listener), this.verdictTime), this.executors.general());
		return new NodePool(definition.node(), config, connector, this.executors,
				(retire) -> new TrafficErrors(definition.node(), this.errors, this.route,
						new TrafficErrors.Reactions(listener, retire), config.getExceptionOverride()));
	}

	private Predicate<SQLException> suspicion(TrafficListener listener) {
		return (failure) -> {
			boolean suspicious = TrafficErrors.isSuspicious(this.errors.classify(failure));
			if (suspicious) {
				listener.suspected();
			}
			return suspicious;
		};
	}

	private boolean isIdle(PoolDefinition definition) {
		Route current = this.route.get();
		return current.decided() ? !current.uses(definition.node()) : !definition.preferred();
	}

	/**
	 * Returns whether work goes to other nodes, after a change of the route. At the start
	 * all pools fill as fast as they can.
	 */
	private boolean givesWay(Node node) {
		Route current = this.route.get();
		return current.epoch() > 1 && current.serving() != null && !current.uses(node);
	}

	private static DriverConnector driver(PoolDefinition definition) {
		HikariConfig config = definition.config();
		JdbcDriverSettings settings = definition.dialect().driverSettings();
		Properties properties = settings.connectProperties(config.getJdbcUrl(),
				Duration.ofMillis(config.getConnectionTimeout()));
		config.getDataSourceProperties().forEach(properties::put);
		return new DriverConnector(config, properties, settings);
	}

	private static Set<String> poolStatements(HikariConfig config) {
		return Stream.of(config.getConnectionInitSql(), config.getConnectionTestQuery())
			.filter((sql) -> sql != null)
			.collect(Collectors.toUnmodifiableSet());
	}

}
