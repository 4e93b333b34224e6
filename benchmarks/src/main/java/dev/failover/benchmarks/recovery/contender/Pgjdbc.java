package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;

import dev.failover.benchmarks.run.Library;

/**
 * HikariCP on the failover of pgjdbc: a URL with both hosts.
 */
final class Pgjdbc extends Contender {

	private static final String SHOWN = "jdbc:postgresql://primary,mirror/app";

	private static final int SIZE = Pool.SIZE / 2;

	private final Pool writes;

	private final Pool reads;

	private Pgjdbc(String name, String title, Pool writes, Pool reads) {
		super(name, title);
		this.writes = writes;
		this.reads = reads;
	}

	static Pgjdbc defaults() {
		Map<String, String> hikari = Map.of("maximumPoolSize", String.valueOf(SIZE));
		return new Pgjdbc("pgjdbc", "pgjdbc multi-host, defaults",
				new Pool("writes", Map.of("targetServerType", "primary"), hikari, null),
				new Pool("reads", Map.of("targetServerType", "any"), hikari, null));
	}

	static Pgjdbc tuned() {
		return new Pgjdbc("pgjdbc-tuned", "pgjdbc multi-host, tuned",
				new Pool("writes", TunedSettings.driver("targetServerType=primary", "hostRecheckSeconds=2"),
						TunedSettings.hikari(SIZE), 0),
				new Pool("reads", TunedSettings.driver("targetServerType=any", "hostRecheckSeconds=2"),
						TunedSettings.hikari(SIZE), 0));
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(this.writes.lines(SHOWN));
		all.addAll(this.reads.lines(SHOWN));
		return all;
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("pgjdbc", Library.pgjdbcVersion(), "HikariCP", Library.version(HikariDataSource.class));
	}

	@Override
	public RunningContender open(Endpoints endpoints) {
		String url = endpoints.url(endpoints.hosts());
		HikariDataSource writesPool = this.writes.open(url, endpoints);
		HikariDataSource readsPool = this.reads.open(url, endpoints);
		return RunningContender.of(writesPool, readsPool, () -> {
			try (writesPool) {
				readsPool.close();
			}
		});
	}

}
