package dev.failover.it.faults;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.failover.it.Application;
import dev.failover.it.history.HistoryChecker;
import dev.failover.it.history.Violations;
import org.awaitility.Awaitility;

/**
 * Main class of a JVM that runs the application with its clients. It reads commands from
 * standard input, and writes its row of the table to standard output at the end.
 */
final class ChildApplication {

	static final String READY = "READY";

	static final String FAULT = "FAULT";

	static final String END = "END";

	private static final Duration TIMEOUT = Duration.ofSeconds(40);

	private final FaultGroup group;

	private final String fault;

	private final String username;

	private final String password;

	private final List<String> urls;

	private final List<Long> moments = new ArrayList<>();

	private ChildApplication(String[] arguments) {
		this.group = FaultGroup.valueOf(arguments[0]);
		this.fault = arguments[1];
		this.username = arguments[2];
		this.password = arguments[3];
		this.urls = List.of(arguments[4], arguments[5], arguments[6]);
	}

	public static void main(String[] arguments) throws Exception {
		new ChildApplication(arguments).run();
	}

	private void run() throws Exception {
		EventLog log = new EventLog();
		try (Application application = Application.start(List.of("spring.datasource.url=" + this.urls.get(0),
				"failover.mirror.url=" + this.urls.get(1), "spring.datasource.username=" + this.username,
				"spring.datasource.password=" + this.password, "failover.replication.max-lag=2s"), log)) {
			RecordedLoad load = new RecordedLoad(application).start();
			awaitRecovery(load);
			followCommands(load, application.state().detectionBudget().multipliedBy(2));
			load.stop();
			Awaitility.await().atMost(TIMEOUT).until(() -> load.running().isEmpty());
			Violations violations = new HistoryChecker(Duration.ofSeconds(2)).check(load.history(),
					LedgerTable.read(this.urls.get(2), this.username, this.password));
			if (!violations.isEmpty()) {
				throw new IllegalStateException("The history is wrong: " + violations);
			}
			System.out
				.println(new FaultReport(this.group, this.fault, this.moments).row(load.history(), log, violations)
					.toJson());
		}
	}

	private void followCommands(RecordedLoad load, Duration aftermath) throws Exception {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		System.out.println(READY);
		commands.readLine();
		this.moments.add(System.nanoTime());
		System.out.println(FAULT);
		commands.readLine();
		long until = System.nanoTime() + aftermath.toNanos();
		Awaitility.await().until(() -> System.nanoTime() - until >= 0);
		awaitRecovery(load);
		this.moments.add(System.nanoTime());
	}

	private static void awaitRecovery(RecordedLoad load) {
		long now = System.nanoTime();
		Awaitility.await("a success of every client").atMost(TIMEOUT).until(() -> load.recoveredSince(now));
	}

}
