package dev.failover.benchmarks.startup;

import java.lang.ref.Reference;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the same application many times in one JVM, and reports the heap and the threads
 * of one of them, with all pools full.
 */
final class MemoryChild {

	/** Applications that load the classes and fill the caches that all share. */
	private static final int BEFORE = 3;

	private static final int COUNTED = 12;

	private static final int KILOBYTE = 1024;

	private static final int COLLECTIONS = 4;

	private static final long PAUSE = 150;

	private static final int LOOKS = 200;

	private MemoryChild() {
	}

	public static void main(String[] arguments) throws Exception {
		Variant variant = Variant.valueOf(arguments[0]);
		List<ConfigurableApplicationContext> kept = new ArrayList<>();
		open(variant, BEFORE, kept);
		long heap = used();
		int threads = threads();
		open(variant, COUNTED, kept);
		ChildOutput.report((used() - heap) / (double) COUNTED / KILOBYTE);
		ChildOutput.report((threads() - threads) / (double) COUNTED);
		Reference.reachabilityFence(kept);
		Runtime.getRuntime().halt(0);
	}

	private static void open(Variant variant, int count, List<ConfigurableApplicationContext> kept) throws Exception {
		for (int i = 0; i < count; i++) {
			ConfigurableApplicationContext context = variant.start();
			fill(context);
			kept.add(context);
		}
	}

	/**
	 * Waits until every pool has all its connections.
	 */
	private static void fill(ConfigurableApplicationContext context) throws SQLException, InterruptedException {
		context.getBean(DataSource.class).getConnection().close();
		for (HikariDataSource pool : context.getBeansOfType(HikariDataSource.class).values()) {
			pool.getConnection().close();
			for (int i = 0; i < LOOKS
					&& pool.getHikariPoolMXBean().getTotalConnections() < pool.getMinimumIdle(); i++) {
				Thread.sleep(10);
			}
		}
	}

	private static long used() throws InterruptedException {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			Thread.sleep(PAUSE);
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

}
