package dev.failover.benchmarks.recovery.contender;

import java.util.List;
import java.util.Map;

/**
 * HikariCP on the failover of pgjdbc: a URL with both hosts.
 */
final class Pgjdbc extends Contender {

	private static final String SHOWN = "jdbc:postgresql://primary,mirror/app";

	private final TwoPools pools;

	private Pgjdbc(String name, String title, Pool writes, Pool reads) {
		super(name, title, Contender.poolVersions());
		this.pools = new TwoPools(writes, reads);
	}

	static Pgjdbc defaults() {
		Map<String, String> hikari = Map.of("maximumPoolSize", String.valueOf(Pool.SIZE / 2));
		return new Pgjdbc("pgjdbc", "pgjdbc multi-host, defaults",
				new Pool("writes", Map.of("targetServerType", "primary"), hikari, null),
				new Pool("reads", Map.of("targetServerType", "any"), hikari, null));
	}

	static Pgjdbc tuned() {
		return new Pgjdbc("pgjdbc-tuned", "pgjdbc multi-host, tuned",
				Pool.tuned("writes", 0, "targetServerType=primary", "hostRecheckSeconds=2"),
				Pool.tuned("reads", 0, "targetServerType=any", "hostRecheckSeconds=2"));
	}

	@Override
	public List<String> settings() {
		return this.pools.lines(SHOWN, SHOWN);
	}

	@Override
	public RunningContender open(Endpoints endpoints) {
		String url = endpoints.url(endpoints.hosts());
		return this.pools.open(url, url, endpoints, () -> {
		});
	}

}
