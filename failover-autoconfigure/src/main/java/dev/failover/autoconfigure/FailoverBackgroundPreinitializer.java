package dev.failover.autoconfigure;

import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

import dev.failover.detection.NodeBreaker;

/**
 * Loads early and on another thread what the starting thread will need later: the classes
 * of Resilience4j, what binding our properties and a pool's takes, and Spring's
 * translation of exceptions.
 */
final class FailoverBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of()));
		FailoverProperties properties = binder.bindOrCreate("failover", FailoverProperties.class);
		binder.bind("pool", Bindable.ofInstance(new HikariConfig()));
		CircuitBreakerRegistry.ofDefaults()
			.circuitBreaker("preinitialized", NodeBreaker.config(new Settings(properties).detection()));
		new SQLExceptionSubclassTranslator();
	}

}
