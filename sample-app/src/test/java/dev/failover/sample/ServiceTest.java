package dev.failover.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * Runs tests on the whole service with the embedded pair, which all such classes share.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		// long enough to check the read-only service, and to wait for its end, on a slow
		// machine
		properties = { "failover.embedded.promote-after=" + ServiceTest.PROMOTE_AFTER_SECONDS + "s",
				"spring.datasource.hikari.connection-timeout=30000", "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=failover" })
@Import(Operator.class)
@interface ServiceTest {

	int PROMOTE_AFTER_SECONDS = 4;

}
