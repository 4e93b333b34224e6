package dev.failover.benchmarks.recovery.contender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * HikariCP pools that connect through HAProxy, which checks the role of each node. Its
 * port for writes leads to the primary, its port for reads to the first node that works.
 */
final class Haproxy extends Contender {

	private static final TwoPools POOLS = new TwoPools(Pool.tuned("writes", 0), Pool.tuned("reads", 0));

	/** Time after which HAProxy has checked all nodes. */
	private static final long CHECKED_MILLIS = 1_000;

	private static final String CONFIGURATION = """
			global
			    maxconn 200
			defaults
			    mode tcp
			    timeout connect 200ms
			    timeout client 30s
			    timeout server 30s
			    timeout check 250ms
			    retries 1
			    option redispatch 1
			    default-server inter 100ms downinter 100ms fall 2 rise 1 observe layer4 error-limit 1 on-error mark-down on-marked-down shutdown-sessions
			listen writes
			    bind 127.0.0.1:%5$s
			    option httpchk OPTIONS /primary
			    server primary 127.0.0.1:%1$s check port %3$s
			    server mirror 127.0.0.1:%2$s check port %4$s
			listen reads
			    bind 127.0.0.1:%6$s
			    option httpchk OPTIONS /any
			    server primary 127.0.0.1:%1$s check port %3$s
			    server mirror 127.0.0.1:%2$s check port %4$s backup
			""";

	private static final Optional<String> VERSION = HaproxyProcess.version();

	Haproxy() {
		super("haproxy", "HAProxy in front, tuned", poolVersions("HAProxy", VERSION.orElse("none")));
	}

	@Override
	public Optional<String> missing() {
		return VERSION.isPresent() ? Optional.empty() : Optional.of("the program 'haproxy' is not installed");
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(
				POOLS.lines("jdbc:postgresql://haproxy:<writes>/app", "jdbc:postgresql://haproxy:<reads>/app"));
		all.addAll(CONFIGURATION
			.formatted("<primary>", "<mirror>", "<primary's agent>", "<mirror's agent>", "<writes>", "<reads>")
			.lines()
			.toList());
		all.add("# the agents answer as Patroni's REST interface does, from a look at their node every 50 ms");
		return all;
	}

	@Override
	public RunningContender open(Endpoints endpoints) throws IOException, InterruptedException {
		RoleAgent primary = RoleAgent.start(endpoints.primaryUrl(), endpoints);
		RoleAgent mirror = RoleAgent.start(endpoints.mirrorUrl(), endpoints);
		int writesPort = freePort();
		int readsPort = freePort();
		HaproxyProcess process = HaproxyProcess.start(CONFIGURATION.formatted(endpoints.primary(), endpoints.mirror(),
				primary.port(), mirror.port(), writesPort, readsPort), readsPort);
		Thread.sleep(CHECKED_MILLIS);
		return POOLS.open(endpoints.url(Endpoints.HOST + ":" + writesPort),
				endpoints.url(Endpoints.HOST + ":" + readsPort), endpoints, () -> {
					try (primary; mirror) {
						process.close();
					}
				});
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
