package dev.failover.sample;

import java.time.Clock;
import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * Starts the order service.
 */
@SpringBootApplication(proxyBeanMethods = false)
final class SampleApplication {

	private SampleApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

	/**
	 * Ticks in microseconds, the resolution of PostgreSQL: an order is answered with the
	 * same moment that is read later.
	 */
	@Bean
	static Clock clock() {
		return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
	}

}
