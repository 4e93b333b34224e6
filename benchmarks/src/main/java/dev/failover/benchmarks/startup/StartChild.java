package dev.failover.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.springframework.context.ConfigurableApplicationContext;

import dev.failover.benchmarks.stub.StubApplication;
import dev.failover.benchmarks.stub.StubNode;

/**
 * Starts the application once, and tells how long that took until the context was ready,
 * until the first statement was answered, and how much processor time the JVM took.
 */
final class StartChild {

	private StartChild() {
	}

	public static void main(String[] arguments) throws SQLException {
		long begun = System.nanoTime();
		ConfigurableApplicationContext context = StubApplication.start(Build.valueOf(arguments[0]).properties());
		Told.tell(millisSince(begun));
		try (Connection connection = context.getBean(DataSource.class).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(StubNode.STATEMENT);
		}
		Told.tell(millisSince(begun));
		Told.tell(processorMillis());
		// what follows is not measured
		Runtime.getRuntime().halt(0);
	}

	private static double processorMillis() {
		long nanos = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
			.getProcessCpuTime();
		return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	private static double millisSince(long begun) {
		return (System.nanoTime() - begun) / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

}
