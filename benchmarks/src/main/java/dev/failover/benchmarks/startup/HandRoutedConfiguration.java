package dev.failover.benchmarks.startup;

import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.overhead.BreakerRoutingDataSource;
import dev.failover.benchmarks.stub.StubNode;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * The pattern of many articles: two pools from properties, a registry of breakers and a
 * routing data source, without probes.
 */
@Configuration(proxyBeanMethods = false)
class HandRoutedConfiguration {

	@Bean(defaultCandidate = false)
	@ConfigurationProperties("orders.primary")
	HikariDataSource primaryPool() {
		return DataSourceBuilder.create().type(HikariDataSource.class).build();
	}

	@Bean(defaultCandidate = false)
	@ConfigurationProperties("orders.mirror")
	HikariDataSource mirrorPool() {
		return DataSourceBuilder.create().type(HikariDataSource.class).build();
	}

	@Bean
	CircuitBreakerRegistry breakers() {
		return CircuitBreakerRegistry.ofDefaults();
	}

	@Bean
	@Primary
	DataSource dataSource(@Qualifier("primaryPool") HikariDataSource primaryPool,
			@Qualifier("mirrorPool") HikariDataSource mirrorPool, CircuitBreakerRegistry breakers) {
		BreakerRoutingDataSource routing = new BreakerRoutingDataSource(breakers.circuitBreaker("primary"));
		routing.setTargetDataSources(Map.of(StubNode.PRIMARY, primaryPool, StubNode.MIRROR, mirrorPool));
		return routing;
	}

}
