package dev.failover.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.stub.StubNode;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures a variant in a JVM of its own, and ends it without a shutdown.
 */
final class ChildMain {

	/** Applications that load the classes and fill the caches that all share. */
	private static final int BEFORE = 3;

	private static final int COUNTED = 12;

	private static final int COLLECTIONS = 4;

	private static final int LOOKS = 200;

	private ChildMain() {
	}

	public static void main(String[] arguments) throws Exception {
		Variant variant = Variant.valueOf(arguments[1]);
		if (ChildJvm.Measurement.valueOf(arguments[0]) == ChildJvm.Measurement.START) {
			start(variant);
		}
		else {
			memory(variant);
		}
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Starts an application once. Reports the time until the context was ready, the
	 * processor time of the starting thread, the time until the first statement was
	 * answered, and the processor time of the JVM until the context was ready.
	 */
	private static void start(Variant variant) throws SQLException {
		long begun = System.nanoTime();
		ConfigurableApplicationContext context = variant.start();
		ChildOutput.report((System.nanoTime() - begun) / 1e6);
		ChildOutput.report(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6);
		double jvm = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e6;
		try (Connection connection = context.getBean(DataSource.class).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(StubNode.STATEMENT);
		}
		ChildOutput.report((System.nanoTime() - begun) / 1e6);
		ChildOutput.report(jvm);
	}

	/**
	 * Starts the same application many times. Reports the heap in kilobytes and the
	 * threads of one of them, with all pools full.
	 */
	private static void memory(Variant variant) throws SQLException, InterruptedException {
		List<ConfigurableApplicationContext> kept = new ArrayList<>();
		open(variant, BEFORE, kept);
		long heap = usedHeap();
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		open(variant, COUNTED, kept);
		ChildOutput.report((usedHeap() - heap) / (double) COUNTED / 1024);
		ChildOutput.report((ManagementFactory.getThreadMXBean().getThreadCount() - threads) / (double) COUNTED);
		Reference.reachabilityFence(kept);
	}

	private static void open(Variant variant, int count, List<ConfigurableApplicationContext> kept)
			throws SQLException, InterruptedException {
		for (int i = 0; i < count; i++) {
			ConfigurableApplicationContext context = variant.start();
			kept.add(context);
			context.getBean(DataSource.class).getConnection().close();
			for (HikariDataSource pool : context.getBeansOfType(HikariDataSource.class).values()) {
				awaitFull(pool);
			}
		}
	}

	private static void awaitFull(HikariDataSource pool) throws SQLException, InterruptedException {
		pool.getConnection().close();
		for (int i = 0; i < LOOKS && pool.getHikariPoolMXBean().getTotalConnections() < pool.getMinimumIdle(); i++) {
			Thread.sleep(10);
		}
	}

	private static long usedHeap() throws InterruptedException {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			Thread.sleep(150);
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

}
