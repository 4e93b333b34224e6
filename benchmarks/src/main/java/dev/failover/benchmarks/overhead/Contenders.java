package dev.failover.benchmarks.overhead;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.FailoverState;
import dev.failover.Failover;
import dev.failover.Mode;
import dev.failover.benchmarks.stub.StubApplication;
import dev.failover.benchmarks.stub.StubNode;
import dev.failover.internal.routing.FailoverDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * All contenders: the pool alone, the starter, the means of Spring and Resilience4j, and
 * the peers on the class path.
 */
final class Contenders {

	/** The pool alone, the reference of all ratios. */
	static final String HIKARI = "HikariCP alone";

	static final String FAILOVER = "Failover";

	private Contenders() {
	}

	static List<Contender> all() {
		List<Contender> all = new ArrayList<>(List.of(new Hikari(), new Ours(FAILOVER),
				new Ours(FAILOVER + " with offloaded reads", "failover.reads.target=mirror"), new BreakerRouting(),
				new LazyProxy()));
		ServiceLoader.load(Contender.class).forEach(all::add);
		return all;
	}

	static Contender named(String name) {
		return all().stream()
			.filter((contender) -> contender.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No contender is named '" + name + "'"));
	}

	private static final class Hikari extends Contender {

		Hikari() {
			super(HIKARI, HikariDataSource.class);
		}

		@Override
		public DataSource open() {
			return pool(StubNode.PRIMARY);
		}

	}

	/**
	 * The starter, built by its auto-configuration in an application.
	 */
	private static final class Ours extends Contender {

		private static final int LOOKS = 1_000;

		private static final long PAUSE_MILLIS = 10;

		private final List<String> properties;

		Ours(String name, String... properties) {
			super(name, FailoverDataSource.class);
			this.properties = Stream.concat(Stream.of(StubApplication.MIRROR), Stream.of(properties)).toList();
		}

		@Override
		public DataSource open() throws InterruptedException {
			ConfigurableApplicationContext started = closeLater(StubApplication.start(this.properties));
			awaitReady(started.getBean(Failover.class));
			return started.getBean(DataSource.class);
		}

		/**
		 * Waits until writes go to the primary and the mirror could take over.
		 */
		private static void awaitReady(Failover failover) throws InterruptedException {
			for (int i = 0; i < LOOKS; i++) {
				FailoverState state = failover.state();
				if (state.ready() && state.route().mode() == Mode.NORMAL) {
					return;
				}
				Thread.sleep(PAUSE_MILLIS);
			}
			throw new IllegalStateException("Failover is not ready after 10 s: " + failover.state());
		}

	}

	/**
	 * The pattern of many articles: a routing data source with a breaker around each
	 * {@code getConnection}, with Resilience4j's defaults.
	 */
	private static final class BreakerRouting extends Contender {

		BreakerRouting() {
			super("AbstractRoutingDataSource + breaker", CircuitBreaker.class);
		}

		@Override
		public DataSource open() {
			BreakerRoutingDataSource routing = new BreakerRoutingDataSource(CircuitBreaker.ofDefaults("primary"));
			routing.setTargetDataSources(
					Map.of(StubNode.PRIMARY, pool(StubNode.PRIMARY), StubNode.MIRROR, pool(StubNode.MIRROR)));
			routing.afterPropertiesSet();
			return routing;
		}

	}

	/**
	 * Spring's proxy that fetches a connection at the first statement, with read-only
	 * work for the mirror. Its defaults are set, because otherwise it asks a connection.
	 */
	private static final class LazyProxy extends Contender {

		LazyProxy() {
			super("LazyConnectionDataSourceProxy", LazyConnectionDataSourceProxy.class);
		}

		@Override
		public DataSource open() {
			LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
			proxy.setTargetDataSource(pool(StubNode.PRIMARY));
			proxy.setReadOnlyDataSource(pool(StubNode.MIRROR));
			proxy.setDefaultAutoCommit(true);
			proxy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			return proxy;
		}

	}

}
