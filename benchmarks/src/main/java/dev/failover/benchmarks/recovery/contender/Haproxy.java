package dev.failover.benchmarks.recovery.contender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.run.Versions;

/**
 * HikariCP on HAProxy, which knows each node's role.
 */
final class Haproxy extends NamedContender {

	private static final Pool WRITES = pool("writes");

	private static final Pool READS = pool("reads");

	private static Pool pool(String purpose) {
		return new Pool(purpose, Tuned.driver(), Tuned.hikari(Pool.SIZE / 2), 0);
	}

	Haproxy() {
		super("haproxy", "HAProxy in front, tuned");
	}

	@Override
	public Optional<String> missing() {
		return HaproxyProcess.version().isPresent() ? Optional.empty()
				: Optional.of("the program 'haproxy' is not installed");
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(WRITES.lines("jdbc:postgresql://haproxy:<writes>/app"));
		all.addAll(READS.lines("jdbc:postgresql://haproxy:<reads>/app"));
		all.addAll(HaproxyConfiguration.shown().text().lines().toList());
		all.add("# the agents answer as Patroni's REST interface does, from a look at their node every 50 ms");
		return all;
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("HAProxy", HaproxyProcess.version().orElse("none"), "HikariCP",
				Versions.of(HikariDataSource.class), "pgjdbc", Versions.pgjdbc());
	}

	@Override
	public Opened open(Endpoints endpoints) throws IOException, InterruptedException {
		Proxy proxy = Proxy.start(endpoints);
		try {
			return new TwoPools(WRITES.open(endpoints.url(Endpoints.HOST + ":" + proxy.writes()), endpoints),
					READS.open(endpoints.url(Endpoints.HOST + ":" + proxy.reads()), endpoints), proxy::close);
		}
		catch (RuntimeException ex) {
			proxy.close();
			throw ex;
		}
	}

	/**
	 * The proxy and the agents that tell it of roles.
	 */
	private record Proxy(HaproxyProcess process, RoleAgent primary, RoleAgent mirror, int writes, int reads) {

		static Proxy start(Endpoints endpoints) throws IOException, InterruptedException {
			RoleAgent primary = RoleAgent.start(endpoints.primaryUrl(), endpoints);
			RoleAgent mirror = RoleAgent.start(endpoints.mirrorUrl(), endpoints);
			int writes = freePort();
			int reads = freePort();
			String configuration = new HaproxyConfiguration("" + endpoints.primary(), "" + endpoints.mirror(),
					"" + primary.port(), "" + mirror.port(), "" + writes, "" + reads)
				.text();
			HaproxyProcess process = HaproxyProcess.start(configuration, reads);
			// until it has checked the nodes
			Thread.sleep(1000);
			return new Proxy(process, primary, mirror, writes, reads);
		}

		private static int freePort() throws IOException {
			try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
		}

		void close() {
			this.process.close();
			this.primary.close();
			this.mirror.close();
		}

	}

}
