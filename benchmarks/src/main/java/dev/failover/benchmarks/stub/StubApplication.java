package dev.failover.benchmarks.stub;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.test.stub.StubDriver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The smallest application with a data source on the stub.
 */
@EnableAutoConfiguration
public class StubApplication {

	/**
	 * The property that adds the mirror, and with it the starter's data source.
	 */
	public static final String MIRROR = "failover.mirror.url=" + StubNode.MIRROR.url();

	/**
	 * Starts the application on the primary, with additional properties and
	 * configurations.
	 */
	public static ConfigurableApplicationContext start(List<String> properties, Class<?>... more) {
		SpringApplication application = new SpringApplication(StubApplication.class);
		application.addPrimarySources(List.of(more));
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		Stream<String> own = Stream.of("spring.datasource.url=" + StubNode.PRIMARY.url(),
				"spring.datasource.driver-class-name=" + StubDriver.class.getName(), "spring.main.banner-mode=off",
				"logging.level.root=error", "logging.level.dev.failover.benchmarks=info");
		return application
			.run(Stream.concat(own, properties.stream()).map((property) -> "--" + property).toArray(String[]::new));
	}

}
