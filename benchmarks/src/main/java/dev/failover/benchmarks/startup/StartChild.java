package dev.failover.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.sun.management.OperatingSystemMXBean;
import dev.failover.benchmarks.stub.StubNode;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the application once, and tells how long that took until the context was ready,
 * how much of it the starting thread and all others were at work, and how long it took
 * until the first statement was answered.
 */
final class StartChild {

	private StartChild() {
	}

	public static void main(String[] arguments) throws SQLException {
		long begun = System.nanoTime();
		ConfigurableApplicationContext context = Build.valueOf(arguments[0]).start();
		Told.tell(millisSince(begun));
		Told.tell(workMillis());
		double jvm = jvmMillis();
		try (Connection connection = context.getBean(DataSource.class).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(StubNode.STATEMENT);
		}
		Told.tell(millisSince(begun));
		Told.tell(jvm);
		// what follows is not measured
		Runtime.getRuntime().halt(0);
	}

	private static double workMillis() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
				/ (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	private static double jvmMillis() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
				/ (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	private static double millisSince(long begun) {
		return (System.nanoTime() - begun) / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

}
