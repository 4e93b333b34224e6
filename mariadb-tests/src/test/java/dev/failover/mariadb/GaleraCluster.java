package dev.failover.mariadb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * Three members of a Galera cluster, with faults. The time-outs of the group are Galera's
 * defaults: a lost member is left out after about five seconds.
 */
final class GaleraCluster implements AutoCloseable {

	private static final Duration JOIN = Duration.ofMinutes(3);

	/** Data directory with users and a table, which the members of all clusters have. */
	private static Path template;

	private final Path directory;

	private final List<MariaDbServer> members = new ArrayList<>();

	private final Thread atExit = new Thread(this::end);

	private GaleraCluster(Installation installation, Path directory) throws IOException, InterruptedException {
		this.directory = directory;
		List<Integer> ports = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ports.add(MariaDbPair.freePort());
		}
		for (int i = 0; i < 3; i++) {
			this.members.add(server(installation, directory.resolve("member" + i), ports, i));
		}
		Runtime.getRuntime().addShutdownHook(this.atExit);
	}

	/**
	 * Starts a cluster, or returns empty if none can run here.
	 */
	static Optional<GaleraCluster> start() {
		return Installation.withGalera().map((installation) -> {
			try {
				return start(installation);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		});
	}

	private static GaleraCluster start(Installation installation) throws IOException, InterruptedException {
		Path data = template(installation);
		GaleraCluster cluster = new GaleraCluster(installation, directory("failover-galera"));
		try {
			for (int i = 0; i < 3; i++) {
				Path own = Files.createDirectories(cluster.directory.resolve("member" + i));
				FileSystemUtils.copyRecursively(data, own.resolve("data"));
				Installation.giveToServer(own);
			}
			cluster.members.get(0).start("--wsrep-new-cluster", "--init-file=");
			cluster.awaitSynced(0);
			cluster.join(1);
			cluster.join(2);
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	/**
	 * Returns the data of a member that was shut down, so that one that starts with a
	 * copy needs nothing from the others.
	 */
	private static synchronized Path template(Installation installation) throws IOException, InterruptedException {
		if (template == null) {
			Path own = directory("failover-galera-template");
			FileSystemUtils.copyRecursively(MariaDbPair.template(installation), own.resolve("data"));
			Files.writeString(own.resolve("init.sql"), MariaDbPair.USERS);
			Installation.giveToServer(own);
			MariaDbServer first = server(installation, own, List.of(MariaDbPair.freePort()), 0);
			first.start("--wsrep-new-cluster");
			first.execute("revoke slave monitor on *.* from app@'127.0.0.1'",
					"create table orders.entry (id bigint primary key)");
			first.shutDown();
			template = own.resolve("data");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> Pair.delete(own)));
		}
		return template;
	}

	private static Path directory(String name) throws IOException {
		Path directory = Files.createTempDirectory(name);
		directory.toFile().setExecutable(true, false);
		directory.toFile().setReadable(true, false);
		return directory;
	}

	/**
	 * Creates a member.
	 * @param ports ports of the group, one for each member
	 */
	private static MariaDbServer server(Installation installation, Path directory, List<Integer> ports, int index)
			throws IOException {
		int port = ports.get(index);
		List<String> addresses = ports.stream().map((one) -> "127.0.0.1:" + one).toList();
		return new MariaDbServer(installation, directory, 1, MariaDbPair.freePort(),
				List.of("--skip-log-bin", "--gtid-strict-mode=OFF", "--binlog-format=ROW",
						"--innodb-autoinc-lock-mode=2", "--wsrep-on=ON", "--wsrep-provider=" + installation.galera(),
						"--wsrep-cluster-name=failover", "--wsrep-node-name=member" + index,
						"--wsrep-cluster-address=gcomm://" + String.join(",", addresses),
						"--wsrep-node-address=127.0.0.1:" + port, "--wsrep-sst-method=rsync",
						"--wsrep-sst-receive-address=127.0.0.1:" + MariaDbPair.freePort(),
						"--wsrep-provider-options=base_host=127.0.0.1;base_port=" + port
								+ ";gmcast.listen_addr=tcp://127.0.0.1:" + port + ";ist.recv_addr=127.0.0.1:"
								+ MariaDbPair.freePort() + ";gcache.size=16M;socket.ssl=NO"));
	}

	/**
	 * Returns the servers, in the order of their nodes.
	 */
	List<MariaDbServer> members() {
		return List.copyOf(this.members);
	}

	MariaDbServer member(int index) {
		return this.members.get(index);
	}

	/**
	 * Starts a member that joins the others.
	 */
	void join(int index) {
		member(index).start("--init-file=");
		awaitSynced(index);
	}

	/**
	 * Cuts a member off from the others, but not from its clients, or heals that.
	 */
	void isolate(int index, boolean isolated) {
		member(index).execute("set global wsrep_provider_options='gmcast.isolate=" + (isolated ? 1 : 0) + "'");
	}

	void awaitSynced(int index) {
		await(index,
				Map.of("wsrep_cluster_status", "Primary", "wsrep_ready", "ON", "wsrep_local_state_comment", "Synced"));
	}

	private void await(int index, Map<String, String> expected) {
		Awaitility.await("member " + index + " with " + expected)
			.atMost(JOIN)
			.until(() -> expected.entrySet()
				.stream()
				.allMatch((variable) -> variable.getValue().equals(status(index, variable.getKey()))));
	}

	private String status(int index, String variable) {
		return member(index)
			.query("select variable_value from information_schema.global_status where variable_name='" + variable + "'",
					String.class)
			.get(0);
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		end();
	}

	private void end() {
		this.members.forEach(MariaDbServer::end);
		Pair.delete(this.directory);
	}

}
