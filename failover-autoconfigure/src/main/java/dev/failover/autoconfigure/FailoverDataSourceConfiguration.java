package dev.failover.autoconfigure;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import dev.failover.FailoverObserver;
import dev.failover.Node;
import dev.failover.PromotionTrigger;
import dev.failover.ReadYourWrites;
import dev.failover.autoconfigure.transaction.FailoverTransactionConfiguration;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.ErrorClassifier;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.engine.ConnectionDecorator;
import dev.failover.internal.engine.EngineDefinition;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.internal.engine.NodeDefinition;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.routing.FailoverDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.XADataSourceWrapper;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Configuration of the failover data source, its pools and breakers, and the connection
 * details that Boot defines for its own data source.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean({ DataSource.class, XADataSource.class, XADataSourceWrapper.class })
@Conditional(ReplicaCondition.class)
@Import({ FailoverTransactionConfiguration.class, FailoverDoctorConfiguration.class })
class FailoverDataSourceConfiguration {

	private static final String OWN_REGISTRY = "failoverCircuitBreakerRegistry";

	@Bean
	@ConditionalOnMissingBean(JdbcConnectionDetails.class)
	PropertiesPrimaryConnectionDetails jdbcConnectionDetails(DataSourceProperties properties) {
		return new PropertiesPrimaryConnectionDetails(properties);
	}

	@Bean
	static ReplacedDataSourceProcessor failoverReplacedDataSourceProcessor() {
		return new ReplacedDataSourceProcessor();
	}

	@Bean
	ConfiguredNodes failoverConfiguredNodes(Environment environment, ListableBeanFactory beans) {
		return ConfiguredNodes.find(environment, beans);
	}

	/**
	 * Registry of the breakers if Resilience4j's own Boot module does not define one.
	 * Lazy, so that the start of the application does not wait for it.
	 */
	@Bean(OWN_REGISTRY)
	@Lazy
	@ConditionalOnMissingBean(CircuitBreakerRegistry.class)
	CircuitBreakerRegistry failoverCircuitBreakerRegistry(BreakerRegistration breakers) {
		return breakers.registry();
	}

	@Bean
	BreakerRegistration failoverBreakerRegistration(FailoverProperties properties, ConfiguredNodes nodes,
			BeanFactory beans, ObjectProvider<CircuitBreakerRegistry> registry) {
		DetectionSettings detection = new PropertyMapping(properties).detection();
		return beans.containsBean(OWN_REGISTRY) ? BreakerRegistration.inOwnRegistry(nodes, detection)
				: BreakerRegistration.in(registry.getObject(), nodes, detection);
	}

	@Bean
	PoolConfigurations failoverPoolConfigurations(Environment environment, DataSourceProperties properties,
			JdbcConnectionDetails primary, ConfiguredNodes nodes, FailoverProperties failover, BeanFactory beans) {
		return new PoolConfigurations(environment, properties, primary, nodes,
				(mirror) -> connectionDetails(mirror, failover, beans));
	}

	private static MirrorConnectionDetails connectionDetails(ConfiguredNode mirror, FailoverProperties properties,
			BeanFactory beans) {
		return (mirror.detailsBean() != null) ? beans.getBean(mirror.detailsBean(), MirrorConnectionDetails.class)
				: new PropertiesMirrorConnectionDetails(properties.mirror(mirror));
	}

	@Bean
	FailoverRuntime failoverRuntime(FailoverProperties properties, PoolConfigurations pools,
			BreakerRegistration breakers, ObjectProvider<Dialect> dialects, ObjectProvider<ErrorClassifier> classifiers,
			ObjectProvider<PromotionTrigger> promotionTrigger, ObjectProvider<ConnectionDecorator> decorators) {
		List<ConfiguredPool> configured = pools.all();
		Dialect dialect = new DialectSelector(dialects.orderedStream().toList()).select(configured,
				properties.getDetection().getRoleQuery());
		Map<Node, URI> witnesses = WitnessUrls.of(properties, configured.stream().map(ConfiguredPool::node).toList());
		Duration connectionTimeout = Duration.ofMillis(configured.get(0).hikari().getConnectionTimeout());
		return new FailoverRuntime(new EngineDefinition(decorated(breakers.define(configured, dialect), decorators),
				errorClassification(classifiers, dialect),
				() -> new PropertyMapping(properties).settings(dialect, connectionTimeout, witnesses),
				promotionTrigger.getIfUnique(() -> (target) -> {
				}), Clock.systemUTC()));
	}

	private static List<NodeDefinition> decorated(List<NodeDefinition> nodes,
			ObjectProvider<ConnectionDecorator> decorators) {
		ConnectionDecorator decorator = decorators.getIfUnique(() -> (node, connections) -> connections);
		return nodes.stream().map((node) -> node.decorated(decorator)).toList();
	}

	/**
	 * Returns the classification of errors: the application's own classifiers are asked
	 * before the dialect.
	 */
	private static ErrorClassification errorClassification(ObjectProvider<ErrorClassifier> classifiers,
			Dialect dialect) {
		List<ErrorClassifier> order = new ArrayList<>(
				classifiers.orderedStream().filter((classifier) -> !(classifier instanceof Dialect)).toList());
		order.add(dialect);
		return new ErrorClassification(order);
	}

	/**
	 * Data source of the application, which the runtime closes. As in Boot, connections
	 * can be fetched when the first statement is prepared. The defaults of such a proxy
	 * are set here so that it does not read them from a node.
	 */
	@Bean(destroyMethod = "")
	@Primary
	DataSource dataSource(FailoverRuntime runtime, Environment environment) {
		if (!"lazy".equalsIgnoreCase(environment.getProperty("spring.datasource.connection-fetch"))) {
			return runtime.dataSource();
		}
		LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
		proxy.setTargetDataSource(runtime.dataSource());
		proxy.setDefaultAutoCommit(runtime.defaultAutoCommit());
		proxy.setDefaultTransactionIsolation(runtime.defaultTransactionIsolation());
		return proxy;
	}

	/**
	 * Shows the pool of the node that serves as the pool of the data source, to Boot's
	 * meters, for example.
	 */
	@Bean
	DataSourcePoolMetadataProvider failoverPoolMetadataProvider(FailoverRuntime runtime) {
		return (dataSource) -> FailoverDataSource.isIn(dataSource) ? new ServingPoolMetadata(runtime) : null;
	}

	@Bean
	@Lazy
	ReadYourWrites readYourWrites(FailoverRuntime runtime) {
		return runtime.readYourWrites();
	}

	@Bean
	FailoverInitializer failoverInitializer(FailoverRuntime runtime, ObjectProvider<FailoverObserver> observers,
			ApplicationEventPublisher publisher) {
		return new FailoverInitializer(runtime, observers, publisher);
	}

}
