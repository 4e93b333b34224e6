package dev.failover.it.faults;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.it.Application;
import dev.failover.it.history.Findings;
import dev.failover.it.history.HistoryChecker;
import org.awaitility.Awaitility;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * The application with its clients in a JVM of its own; takes orders on its standard
 * input, and writes its row of the table in the end.
 */
final class ChildApplication {

	static final String READY = "READY";

	static final String FAULT = "FAULT";

	static final String END = "END";

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final Group group;

	private final String fault;

	private final String username;

	private final String password;

	private final List<String> urls;

	private final List<Long> moments = new ArrayList<>();

	private ChildApplication(String[] arguments) {
		this.group = Group.valueOf(arguments[0]);
		this.fault = arguments[1];
		this.username = arguments[2];
		this.password = arguments[3];
		this.urls = List.of(arguments[4], arguments[5], arguments[6]);
	}

	public static void main(String[] arguments) throws Exception {
		new ChildApplication(arguments).run();
	}

	private void run() throws Exception {
		RouteLog log = new RouteLog();
		try (Application application = Application.start(List.of("spring.datasource.url=" + this.urls.get(0),
				"failover.mirror.url=" + this.urls.get(1), "spring.datasource.username=" + this.username,
				"spring.datasource.password=" + this.password, "failover.replication.max-lag=2s"), log)) {
			FailoverRuntime runtime = application.bean(FailoverRuntime.class);
			Load load = new Load(application.jdbc(), application.bean(PlatformTransactionManager.class),
					() -> runtime.state().route().epoch())
				.start();
			awaitWhole(load);
			obey(load, runtime.state().detectionBudget().multipliedBy(2));
			load.stop();
			Awaitility.await().atMost(PATIENCE).until(() -> load.running().isEmpty());
			Findings findings = new HistoryChecker(Duration.ofSeconds(2)).check(load.history(),
					Ledger.read(this.urls.get(2), this.username, this.password));
			if (!findings.clean()) {
				throw new IllegalStateException("The history is wrong: " + findings);
			}
			System.out
				.println(new Report(this.group, this.fault, this.moments).row(load.history(), log, findings).toJson());
		}
	}

	private void obey(Load load, Duration aftermath) throws Exception {
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		System.out.println(READY);
		orders.readLine();
		this.moments.add(System.nanoTime());
		System.out.println(FAULT);
		orders.readLine();
		long until = System.nanoTime() + aftermath.toNanos();
		Awaitility.await().until(() -> System.nanoTime() - until >= 0);
		awaitWhole(load);
		this.moments.add(System.nanoTime());
	}

	private static void awaitWhole(Load load) {
		long now = System.nanoTime();
		Awaitility.await().atMost(PATIENCE).until(() -> load.wholeSince(now));
	}

}
