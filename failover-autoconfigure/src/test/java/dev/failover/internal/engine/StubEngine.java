package dev.failover.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Condition.Kind;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.PromotionTrigger;
import dev.failover.ReadOnlyMode;
import dev.failover.Topology;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.ErrorClassifier;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.monitor.FailoverSettings;
import dev.failover.internal.monitor.FailoverSettings.SwitchoverLimits;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.awaitility.Awaitility;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;

/**
 * Whole engine over two stub servers that both accept writes. The route leaves a lost
 * server within a moment, and returns to the primary soon.
 */
final class StubEngine implements AutoCloseable {

	static final int POOL_SIZE = 3;

	private static final DetectionSettings DETECTION = new DetectionSettings(Duration.ofMillis(50),
			Duration.ofMillis(400), 2, Duration.ofMillis(5), 2, null);

	private static final PolicySettings POLICY = new PolicySettings(Topology.MULTI_WRITER, Duration.ofSeconds(10),
			false, true, Duration.ofMillis(20), Duration.ofMillis(10), false, Duration.ofSeconds(1), false,
			Duration.ofSeconds(2));

	final StubServer primary = new StubServer();

	final StubServer mirror = new StubServer();

	final FailoverRuntime runtime;

	/**
	 * Creates the engine, which the first connection starts.
	 * @param factories makes a factory from the beginning of the names of its threads
	 */
	StubEngine(Collaborators collaborators, Function<String, ThreadFactory> factories) {
		List<NodeDefinition> nodes = List.of(node(PRIMARY, this.primary, collaborators),
				node(MIRROR, this.mirror, collaborators));
		FailoverSettings settings = new FailoverSettings(DETECTION, POLICY, new Unwritable(ReadOnlyMode.SERVE, null),
				Duration.ZERO, new SwitchoverLimits(Duration.ofMillis(100), Duration.ofMillis(100)), 50, true,
				Map.of());
		this.runtime = new FailoverRuntime(new EngineDefinition(nodes,
				new ErrorClassification(List.of(collaborators.classifier(), collaborators.dialect())), () -> settings,
				collaborators.trigger(), collaborators.clock()), System::nanoTime, factories);
	}

	private static NodeDefinition node(Node node, StubServer server, Collaborators collaborators) {
		HikariConfig config = new HikariConfig();
		config.setPoolName(node.name());
		config.setJdbcUrl(server.url());
		config.setDriverClassName(StubDriver.class.getName());
		config.setMaximumPoolSize(POOL_SIZE);
		config.setMinimumIdle(1);
		config.setConnectionTimeout(10_000);
		CircuitBreaker breaker = CircuitBreaker.of(node.name(), NodeBreaker.config(DETECTION));
		return new NodeDefinition(node, config, collaborators.dialect(), () -> breaker);
	}

	StubServer server(Node node) {
		return node.equals(PRIMARY) ? this.primary : this.mirror;
	}

	FailoverState state() {
		return this.runtime.state();
	}

	boolean isWorking() {
		return state().conditions().stream().noneMatch((condition) -> condition.kind() == Kind.ENGINE_DOWN);
	}

	/**
	 * Waits until writes go to a node, both work, and nothing else is under way.
	 */
	void awaitNormal(Node node) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(this::state,
					(state) -> node.equals(state.route().writes()) && state.nodes().stream().allMatch(NodeStatus::isUp)
							&& state.operation() == null && state.conditions().isEmpty());
	}

	void awaitWritesOn(Node node) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> node.equals(state().route().writes()));
	}

	/**
	 * Borrows a connection, works on it, and returns the URL of its server.
	 */
	String work() throws SQLException {
		try (Connection connection = this.runtime.dataSource().getConnection()) {
			connection.createStatement().execute("work");
			return connection.toString().replaceFirst(".* to ", "");
		}
	}

	@Override
	public void close() {
		this.primary.accept();
		this.mirror.accept();
		this.runtime.close();
		this.primary.close();
		this.mirror.close();
	}

	/**
	 * Collaborators of the engine that applications provide.
	 */
	record Collaborators(Dialect dialect, ErrorClassifier classifier, PromotionTrigger trigger, Clock clock) {

	}

}
