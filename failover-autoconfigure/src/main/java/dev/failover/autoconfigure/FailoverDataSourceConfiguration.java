package dev.failover.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.failover.FailoverObserver;
import dev.failover.PromotionTrigger;
import dev.failover.ReadYourWrites;
import dev.failover.autoconfigure.transaction.FailoverTransactionConfiguration;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.ErrorClassifier;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.engine.EngineDefinition;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.routing.ReadsDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * The data source that fails over, its pools, and what Boot's own data source would have
 * brought with it. What comes along with it, wherever it is, is imported.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean({ DataSource.class, XADataSource.class })
@Import(FailoverTransactionConfiguration.class)
class FailoverDataSourceConfiguration {

	private static final String OWN_REGISTRY = "failoverCircuitBreakerRegistry";

	@Bean
	@ConditionalOnMissingBean(JdbcConnectionDetails.class)
	PrimaryConnectionDetails jdbcConnectionDetails(DataSourceProperties properties) {
		return new PrimaryConnectionDetails(properties);
	}

	@Bean
	@ConditionalOnMissingBean(MirrorConnectionDetails.class)
	PropertiesMirrorConnectionDetails mirrorConnectionDetails(FailoverProperties properties) {
		return new PropertiesMirrorConnectionDetails(properties.getMirror());
	}

	/**
	 * The registry of the breakers where Resilience4j's own Boot module does not bring
	 * one: made when the engine or somebody else asks for it.
	 */
	@Bean(OWN_REGISTRY)
	@Lazy
	@ConditionalOnMissingBean(CircuitBreakerRegistry.class)
	CircuitBreakerRegistry failoverCircuitBreakerRegistry(NodeBreakers breakers) {
		return breakers.registry();
	}

	@Bean
	NodeBreakers failoverNodeBreakers(FailoverProperties properties, BeanFactory beans,
			ObjectProvider<CircuitBreakerRegistry> registry) {
		DetectionSettings detection = new PropertyMapping(properties).detection();
		return beans.containsBean(OWN_REGISTRY) ? NodeBreakers.alone(detection)
				: NodeBreakers.in(registry.getObject(), detection);
	}

	@Bean
	FailoverRuntime failoverRuntime(FailoverProperties properties, DataSourceProperties dataSourceProperties,
			JdbcConnectionDetails primary, MirrorConnectionDetails mirror, Environment environment,
			NodeBreakers breakers, ObjectProvider<Dialect> dialects, ObjectProvider<ErrorClassifier> classifiers,
			ObjectProvider<PromotionTrigger> promotionTrigger) {
		PoolConfigurations pools = new PoolConfigurations(environment, dataSourceProperties, primary, mirror);
		HikariConfig primaryPool = pools.primary();
		HikariConfig mirrorPool = pools.mirror();
		Dialect dialect = new NodeCheck(new DialectSelector(dialects.orderedStream().toList())).dialect(primaryPool,
				mirrorPool);
		List<ErrorClassifier> order = new ArrayList<>(
				classifiers.orderedStream().filter((classifier) -> !(classifier instanceof Dialect)).toList());
		order.add(dialect);
		Duration connectionTimeout = Duration.ofMillis(primaryPool.getConnectionTimeout());
		return new FailoverRuntime(new EngineDefinition(breakers.define(primaryPool, mirrorPool, dialect),
				new ErrorClassification(order), () -> new PropertyMapping(properties).settings(connectionTimeout),
				promotionTrigger.getIfUnique(() -> (target) -> {
				}), Clock.systemUTC()));
	}

	/**
	 * The application's data source. Its life is the runtime's.
	 */
	@Bean(destroyMethod = "")
	DataSource dataSource(FailoverRuntime runtime, FailoverProperties properties, Environment environment) {
		boolean distinguishesReads = new PropertyMapping(properties).distinguishesReads();
		boolean lazy = "lazy".equalsIgnoreCase(environment.getProperty("spring.datasource.connection-fetch"));
		return (distinguishesReads || lazy) ? lazy(runtime, distinguishesReads) : runtime.dataSource();
	}

	/**
	 * Whether a transaction only reads is known when its first statement is prepared, so
	 * the connection is fetched then. Its defaults are set, lest they be asked of a node.
	 */
	private static DataSource lazy(FailoverRuntime runtime, boolean distinguishesReads) {
		LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
		proxy.setTargetDataSource(runtime.dataSource());
		if (distinguishesReads) {
			proxy.setReadOnlyDataSource(new ReadsDataSource(runtime.dataSource(), runtime.readYourWrites()));
		}
		proxy.setDefaultAutoCommit(runtime.defaultAutoCommit());
		proxy.setDefaultTransactionIsolation(runtime.defaultTransactionIsolation());
		return proxy;
	}

	@Bean
	@Lazy
	ReadYourWrites readYourWrites(FailoverRuntime runtime) {
		return runtime.readYourWrites();
	}

	/**
	 * The pools are beans for whoever looks at them, lazy ones lest the start of an
	 * application in which nobody does waits for them.
	 */
	@Bean(destroyMethod = "", defaultCandidate = false)
	@Lazy
	HikariDataSource primaryDataSourcePool(FailoverRuntime runtime) {
		return runtime.hikari(FailoverNodes.PRIMARY);
	}

	@Bean(destroyMethod = "", defaultCandidate = false)
	@Lazy
	HikariDataSource mirrorDataSourcePool(FailoverRuntime runtime) {
		return runtime.hikari(FailoverNodes.MIRROR);
	}

	/**
	 * The doctor, who finds before the outage what would hurt in it.
	 */
	@Bean
	@ConditionalOnBooleanProperty(name = "failover.doctor.enabled", matchIfMissing = true)
	Doctor failoverDoctor(FailoverRuntime runtime, ObjectProvider<Dialect> dialects, FailoverProperties properties,
			Environment environment) {
		return new Doctor(runtime::state, () -> DoctorPractice.of(runtime, dialects, properties, environment));
	}

	@Bean
	RuntimeAttachment failoverRuntimeAttachment(FailoverRuntime runtime, ObjectProvider<FailoverObserver> observers,
			ApplicationEventPublisher publisher) {
		return new RuntimeAttachment(runtime, observers, publisher);
	}

}
