package dev.failover.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Smallest Spring Boot application with the starter, started inside the JVM of a
 * benchmark on real servers.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SmallApplication {

	/**
	 * Starts the application.
	 * @param primary JDBC URL of the primary
	 * @param mirror JDBC URL of the mirror
	 * @param properties additional properties of the form {@code name=value}
	 */
	public static ConfigurableApplicationContext start(String primary, String mirror, String username, String password,
			List<String> properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("logging.level.root", System.getProperty("benchmarks.log", "OFF"));
		all.put("spring.datasource.url", primary);
		all.put("spring.datasource.username", username);
		all.put("spring.datasource.password", password);
		all.put("failover.mirror.url", mirror);
		properties.forEach((property) -> {
			String[] parts = property.split("=", 2);
			all.put(parts[0], parts[1]);
		});
		return new SpringApplicationBuilder(SmallApplication.class).web(WebApplicationType.NONE).properties(all).run();
	}

}
