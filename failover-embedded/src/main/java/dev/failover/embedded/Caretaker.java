package dev.failover.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks at the leader again and again, for those who keep the pair in
 * order.
 */
final class Caretaker implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Caretaker.class);

	private static final Duration PERIOD = Duration.ofMillis(100);

	private static final Duration LOOK = Duration.ofMillis(500);

	private final Cluster cluster;

	private final @Nullable SynchronousMode synchronousMode;

	private final @Nullable FailoverManager manager;

	private final Thread thread;

	private volatile boolean closing;

	Caretaker(Cluster cluster, @Nullable SynchronousMode synchronousMode, @Nullable FailoverManager manager) {
		this.cluster = cluster;
		this.synchronousMode = synchronousMode;
		this.manager = manager;
		this.thread = new Thread(this::run, "failover-embedded-caretaker");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	@Override
	public void close() {
		this.closing = true;
		this.thread.interrupt();
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(10));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		while (!this.closing) {
			lookAndLog();
			try {
				TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void lookAndLog() {
		try {
			look();
		}
		catch (IOException | SQLException | RuntimeException ex) {
			if (!this.closing) {
				logger.warn("Could not look after the pair; trying again", ex);
			}
		}
	}

	private void look() throws IOException, SQLException {
		Member leader = this.cluster.leader();
		long asked = System.nanoTime();
		Optional<Sight> sight = leader.lookout().watch(deadline());
		if (this.synchronousMode != null && sight.filter(Sight::writable).isPresent()) {
			this.synchronousMode.observe(leader, sight.get(), asked);
		}
		FailoverManager managing = this.manager;
		if (managing != null) {
			this.cluster.ifIdle(() -> managing.observe(leader, sight, asked));
		}
	}

	private Duration deadline() {
		if (this.manager == null) {
			return LOOK;
		}
		Duration patience = this.manager.patience();
		Duration least = PERIOD;
		return (patience.compareTo(LOOK) > 0) ? LOOK : (patience.compareTo(least) < 0) ? least : patience;
	}

}
