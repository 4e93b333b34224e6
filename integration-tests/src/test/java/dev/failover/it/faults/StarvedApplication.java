package dev.failover.it.faults;

import java.time.Duration;
import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.FailoverState;
import dev.failover.it.Application;
import org.awaitility.Awaitility;

/**
 * Main class of a JVM that runs the application with hardly any processor, which busy
 * threads take from it. It ends with status 0 if the application has had one route and no
 * lost node.
 */
final class StarvedApplication {

	private static final int BUSY_THREADS = 32;

	private StarvedApplication() {
	}

	/**
	 * Runs the application.
	 * @param arguments URLs of primary and mirror, username, password, seconds to run
	 */
	public static void main(String[] arguments) {
		EventLog log = new EventLog();
		try (Application application = Application.start(
				List.of("spring.datasource.url=" + arguments[0], "failover.mirror.url=" + arguments[1],
						"spring.datasource.username=" + arguments[2], "spring.datasource.password=" + arguments[3]),
				log)) {
			keepBusy();
			int one = application.jdbc().queryForObject("select 1", Integer.class);
			Awaitility.await()
				.forever()
				.pollDelay(Duration.ofSeconds(Integer.parseInt(arguments[4])))
				.until(() -> true);
			FailoverState state = application.state();
			boolean lost = log.conditions().stream().anyMatch((condition) -> condition.kind() == Kind.DOWN);
			System.out.println(
					"route " + state.route() + ", ready " + state.ready() + ", conditions raised: " + log.conditions());
			System.exit((one == 1 && state.changes().size() == 1 && !lost) ? 0 : 1);
		}
	}

	/**
	 * Starts threads that compute without an end, as those of an application under load.
	 */
	private static void keepBusy() {
		for (int i = 0; i < BUSY_THREADS; i++) {
			Thread thread = new Thread(() -> {
				while (true) {
					Thread.onSpinWait();
				}
			});
			thread.setDaemon(true);
			thread.start();
		}
	}

}
