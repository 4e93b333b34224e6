package dev.failover.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.sun.management.OperatingSystemMXBean;
import org.springframework.context.ConfigurableApplicationContext;

import dev.failover.benchmarks.stub.StubNode;

/**
 * Starts an application once, and reports the time until the context was ready, the
 * processor time of the starting thread, the time until the first statement was answered,
 * and the processor time of the JVM until the context was ready.
 */
final class StartChild {

	private StartChild() {
	}

	public static void main(String[] arguments) throws SQLException {
		long begun = System.nanoTime();
		ConfigurableApplicationContext context = Variant.valueOf(arguments[0]).start();
		ChildOutput.report(millisSince(begun));
		ChildOutput.report(workMillis());
		double jvm = jvmMillis();
		try (Connection connection = context.getBean(DataSource.class).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(StubNode.STATEMENT);
		}
		ChildOutput.report(millisSince(begun));
		ChildOutput.report(jvm);
		// the shutdown is not measured
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
