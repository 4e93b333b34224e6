package dev.failover.embedded.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs a test method again and again, and loses the node before, in and after each
 * statement and each commit of it. For test classes with an application context whose
 * data source is failover's.
 * <p>
 * The method runs twice undisturbed, then once for each moment of each point. A loss
 * aborts all connections of the pool that are in use, and retires the others; the server
 * itself is not touched and accepts new connections at once. Lost <em>before</em> a
 * statement or commit, the server has not received it; lost <em>in</em> it, the server
 * has executed it, but its answer does not arrive; lost <em>after</em> it, the answer has
 * arrived. What {@code @BeforeEach} and {@code @AfterEach} methods do is not disturbed.
 * <p>
 * The method is one unit of work. It passes if
 * <ul>
 * <li>it returns, and all tables contain what they contain after the undisturbed run; or
 * </li>
 * <li>it fails because of the loss, and all tables contain what they contained before;
 * where the exception says that the outcome is unknown, they may also contain what they
 * contain after the undisturbed run;</li>
 * <li>and each connection has been given back, and no thread stays in the application's
 * code.</li>
 * </ul>
 * Columns that the database generates, and those that differ between the two undisturbed
 * runs, are not compared. Each invocation must begin with the same data: restore them in
 * a {@code @BeforeEach} method or with {@code @Sql}. The test must not run in a
 * transaction of its own.
 * <p>
 * The method may have a parameter of the type {@link Rehearsal}.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(FailoverTestExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@Timeout(60)
public @interface FailoverTest {

	/**
	 * Tables that are not compared, because what they contain may be stored although the
	 * work failed: a log of attempts, for example. Names without schema, ignoring case.
	 */
	String[] ignoredTables() default {};

}
