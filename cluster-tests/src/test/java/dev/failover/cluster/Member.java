package dev.failover.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One member of a {@link PatroniCluster}: an agent and its PostgreSQL, which together are
 * a host.
 */
final class Member {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final String name;

	private final int port = Ports.free();

	private final int restPort = Ports.free();

	private final WorkDirectory directory;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private Process agent;

	Member(String name, WorkDirectory directory) {
		this.name = name;
		this.directory = directory;
		Programs.createDirectory(directory.path().resolve(name));
	}

	String name() {
		return this.name;
	}

	int port() {
		return this.port;
	}

	int restPort() {
		return this.restPort;
	}

	private Path data() {
		return this.directory.path().resolve(this.name).resolve("data");
	}

	String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/orders";
	}

	String witnessUrl() {
		return rest("/primary").toString();
	}

	private URI rest(String path) {
		return URI.create("http://127.0.0.1:" + this.restPort + path);
	}

	/**
	 * Starts the agent, which starts the server.
	 * @param etcdPort port of etcd
	 */
	void start(int etcdPort) {
		Path file = this.directory.write(this.name + ".yml", configuration(etcdPort));
		this.agent = Processes.start(Programs.command("patroni", file.toString()), log());
	}

	private Path log() {
		return this.directory.path().resolve(this.name + ".log");
	}

	private String configuration(int etcdPort) {
		return """
				scope: orders
				name: %1$s
				restapi: { listen: "127.0.0.1:%2$d", connect_address: "127.0.0.1:%2$d" }
				etcd3: { hosts: "127.0.0.1:%3$d" }
				bootstrap:
				  dcs:
				    ttl: 8
				    loop_wait: 1
				    retry_timeout: 3
				    synchronous_mode: true
				    postgresql:
				      use_pg_rewind: true
				      parameters: { wal_keep_size: 64MB, wal_log_hints: "on", shared_buffers: 16MB, fsync: "off" }
				  initdb: [ { encoding: UTF8 }, data-checksums, no-sync, { locale: C } ]
				  post_bootstrap: %4$s/post.sh
				postgresql:
				  listen: "127.0.0.1:%5$d"
				  connect_address: "127.0.0.1:%5$d"
				  data_dir: %6$s
				  bin_dir: %7$s
				  basebackup: [ { checkpoint: fast } ]
				  pgpass: %4$s/%1$s/pgpass
				  authentication:
				    replication: { username: repl, password: repl }
				    superuser: { username: postgres, password: postgres }
				    rewind: { username: rewind, password: rewind }
				  parameters: { unix_socket_directories: "" }
				  pg_hba: [ "host all all 127.0.0.1/32 scram-sha-256", "host replication all 127.0.0.1/32 scram-sha-256" ]
				"""
			.formatted(this.name, this.restPort, etcdPort, this.directory.path(), this.port, data(),
					Programs.postgres());
	}

	/**
	 * Returns the status of the agent's answer to a {@code GET}, or empty if it does not
	 * answer.
	 */
	Optional<Integer> status(String path) {
		return send(HttpRequest.newBuilder(rest(path)).GET()).map(HttpResponse::statusCode);
	}

	/**
	 * Returns the agent's answer to a {@code GET}, empty if it does not answer.
	 */
	Map<String, Object> get(String path) {
		return send(HttpRequest.newBuilder(rest(path)).GET())
			.map((response) -> JsonParserFactory.getJsonParser().parseMap(response.body()))
			.orElse(Map.of());
	}

	/**
	 * Sends a request that must succeed.
	 */
	void send(String method, String path, String body) {
		HttpResponse<String> response = send(
				HttpRequest.newBuilder(rest(path)).method(method, BodyPublishers.ofString(body)))
			.orElseThrow();
		if (response.statusCode() != 200) {
			throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
		}
	}

	private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
		try {
			return Optional
				.of(this.http.send(request.timeout(TIMEOUT.multipliedBy(6)).build(), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	/**
	 * Returns the only column of all rows, read by the superuser.
	 */
	<T> List<T> query(String sql, Class<T> type) {
		try (Connection connection = DriverManager.getConnection(url(), "postgres", "postgres")) {
			return new JdbcTemplate(new SingleConnectionDataSource(connection, true)).queryForList(sql, type);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean hasAgent() {
		return this.agent.isAlive();
	}

	/**
	 * Waits until the server accepts writes.
	 * @return the time at which it did
	 */
	long awaitPromotion() {
		return awaitMoment("promotion", () -> query("select pg_is_in_recovery()", Boolean.class).contains(false));
	}

	/**
	 * Waits until something can be seen.
	 * @return the time at which it could
	 */
	static long awaitMoment(String what, Callable<Boolean> condition) {
		Awaitility.await(what)
			.atMost(Duration.ofSeconds(90))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.ignoreExceptions()
			.until(condition);
		return System.nanoTime();
	}

	/**
	 * Kills the agent; the server lives on.
	 */
	void killAgent() {
		Processes.kill(List.of(this.agent.toHandle()));
	}

	/**
	 * Kills all processes of the server; the agent lives on.
	 */
	void killServer() {
		Processes.kill(server());
	}

	/**
	 * Kills the agent and all processes of the server.
	 */
	void kill() {
		killAgent();
		killServer();
	}

	/**
	 * Stops the agent and all processes of the server from running.
	 */
	void freeze() {
		Processes.signal("STOP", List.of(this.agent.toHandle()));
		Processes.signal("STOP", postmaster().stream().toList());
		Processes.signal("STOP", server());
	}

	void thaw() {
		Processes.signal("CONT", server());
		Processes.signal("CONT", List.of(this.agent.toHandle()));
	}

	private List<ProcessHandle> server() {
		return postmaster().stream().flatMap((process) -> Processes.withChildren(process).stream()).toList();
	}

	private Optional<ProcessHandle> postmaster() {
		try (Stream<String> lines = Files.lines(data().resolve("postmaster.pid"))) {
			return lines.findFirst().map(Long::valueOf).flatMap(ProcessHandle::of);
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Ends agent and server, whatever state they are in. An immediate shutdown lets the
	 * server remove its shared memory.
	 */
	void end() {
		if (this.agent == null) {
			return;
		}
		killAgent();
		List<ProcessHandle> server = server();
		Processes.signal("QUIT", postmaster().stream().toList());
		Processes.signal("CONT", server);
		try {
			Processes.awaitEnd(server, TIMEOUT.multipliedBy(2));
		}
		catch (RuntimeException ex) {
			Processes.kill(server);
		}
	}

	@Override
	public String toString() {
		return this.name + " " + get("/patroni") + "\n" + tail();
	}

	private String tail() {
		try {
			List<String> lines = Files.readAllLines(log());
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
