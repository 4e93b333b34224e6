package dev.failover.benchmarks.startup;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the same application many times in one JVM, and tells what one of them keeps on
 * the heap, and how many threads it runs, with all its pools full.
 */
final class MemoryChild {

	/** The first ones pay for classes and caches that all share. */
	private static final int BEFORE = 3;

	static final int COUNTED = 12;

	private static final int KILOBYTE = 1024;

	private static final int COLLECTIONS = 4;

	private static final long PAUSE = 150;

	private static final int PATIENCE = 200;

	private MemoryChild() {
	}

	public static void main(String[] arguments) throws Exception {
		Build build = Build.valueOf(arguments[0]);
		List<ConfigurableApplicationContext> kept = new ArrayList<>();
		open(build, BEFORE, kept);
		long heap = used();
		int threads = threads();
		open(build, COUNTED, kept);
		Told.tell((used() - heap) / (double) COUNTED / KILOBYTE);
		Told.tell((threads() - threads) / (double) COUNTED);
		Reference.reachabilityFence(kept);
		Runtime.getRuntime().halt(0);
	}

	private static void open(Build build, int count, List<ConfigurableApplicationContext> kept) throws Exception {
		for (int i = 0; i < count; i++) {
			ConfigurableApplicationContext context = build.start();
			fill(context);
			kept.add(context);
		}
	}

	/**
	 * Wait until every pool has all its connections, so that there is nothing left to
	 * grow.
	 */
	private static void fill(ConfigurableApplicationContext context) throws SQLException, InterruptedException {
		context.getBean(DataSource.class).getConnection().close();
		for (HikariDataSource pool : context.getBeansOfType(HikariDataSource.class).values()) {
			pool.getConnection().close();
			for (int i = 0; i < PATIENCE
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
