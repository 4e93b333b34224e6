package dev.failover.autoconfigure.endpoint;

import java.util.List;

import dev.failover.Failover;
import dev.failover.actuator.FailoverEndpoint;
import dev.failover.actuator.FailoverEndpointWebExtension;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.doctor.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the endpoint {@code failover}.
 */
@AutoConfiguration(afterName = "dev.failover.autoconfigure.FailoverAutoConfiguration")
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(Failover.class)
@ConditionalOnAvailableEndpoint(FailoverEndpoint.class)
public final class FailoverEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FailoverEndpoint failoverEndpoint(Failover failover, ObjectProvider<Doctor> doctor) {
		return new FailoverEndpoint(failover, () -> findings(doctor.getIfAvailable()));
	}

	private static List<Finding> findings(@Nullable Doctor doctor) {
		return (doctor != null) ? doctor.findings() : List.of();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FailoverEndpoint.class)
	FailoverEndpointWebExtension failoverEndpointWebExtension(FailoverEndpoint endpoint, Failover failover,
			ApplicationEventPublisher events) {
		return new FailoverEndpointWebExtension(endpoint, failover, events);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FailoverEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = FailoverEndpoint.class, exposure = EndpointExposure.JMX)
	FailoverEndpoint.JmxExtension failoverEndpointJmxExtension(FailoverEndpoint endpoint, Failover failover,
			ApplicationEventPublisher events) {
		return new FailoverEndpoint.JmxExtension(endpoint, failover, events);
	}

}
