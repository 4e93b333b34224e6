package dev.failover.embedded.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * Adds failover to a test slice such as {@code @JdbcTest}, {@code @DataJdbcTest} or
 * {@code @DataJpaTest}, which contains no auto-configuration but its own: the data source
 * fails over, on an embedded pair if no database is configured.
 * <p>
 * Boot's test database does not replace the data source, as with
 * {@code @AutoConfigureTestDatabase(replace = NONE)}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@TestPropertySource(properties = "spring.test.database.replace=NONE")
public @interface AutoConfigureFailover {

}
