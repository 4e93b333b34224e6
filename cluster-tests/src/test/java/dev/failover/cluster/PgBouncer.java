package dev.failover.cluster;

import java.util.List;

import org.awaitility.Awaitility;

/**
 * pgBouncer before one server.
 */
final class PgBouncer implements AutoCloseable {

	/** Number of clients that are admitted by default. */
	static final int CLIENTS = 200;

	private static final String CONFIGURATION = """
			[databases]
			orders = host=127.0.0.1 port=%d dbname=orders
			[pgbouncer]
			listen_addr = 127.0.0.1
			listen_port = %d
			unix_socket_dir =
			auth_type = scram-sha-256
			auth_file = %s
			pool_mode = %s
			default_pool_size = 40
			max_client_conn = %d
			ignore_startup_parameters = extra_float_digits
			server_login_retry = 1
			""";

	private final WorkDirectory directory = WorkDirectory.create("failover-pgbouncer");

	private final String mode;

	private final int port = Ports.free();

	private int server;

	private Process process;

	private final Thread atExit = new Thread(this::end);

	private PgBouncer(String mode, int server) {
		this.mode = mode;
		this.server = server;
		Runtime.getRuntime().addShutdownHook(this.atExit);
	}

	/**
	 * Starts a pooler.
	 * @param mode {@code transaction} or {@code session}
	 * @param server port of the server behind it
	 */
	static PgBouncer start(String mode, int server) {
		PgBouncer pooler = new PgBouncer(mode, server);
		pooler.start();
		return pooler;
	}

	void start() {
		configure(CLIENTS);
		this.process = Processes.start(
				Programs.command("pgbouncer", this.directory.path().resolve("pgbouncer.ini").toString()),
				this.directory.path().resolve("log"));
		Awaitility.await("pgBouncer").until(() -> Ports.accepts(this.port));
	}

	private void configure(int maxClients) {
		String users = this.directory.write("users", "\"app\" \"app\"\n").toString();
		this.directory.write("pgbouncer.ini",
				CONFIGURATION.formatted(this.server, this.port, users, this.mode, maxClients));
	}

	String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/orders?prepareThreshold=0";
	}

	/**
	 * Reloads a configuration with another server.
	 */
	void pointTo(int server) {
		this.server = server;
		configure(CLIENTS);
		signal("HUP");
	}

	/**
	 * Reloads a configuration that admits only so many clients. Those that are connected
	 * stay.
	 */
	void admit(int clients) {
		configure(clients);
		signal("HUP");
	}

	/**
	 * Does what the command {@code PAUSE} does: statements under way end, further ones
	 * wait.
	 */
	void pause() {
		signal("USR1");
	}

	/**
	 * Does what the command {@code RESUME} does.
	 */
	void resume() {
		signal("USR2");
	}

	void kill() {
		Processes.kill(List.of(this.process.toHandle()));
	}

	private void signal(String name) {
		Processes.signal(name, List.of(this.process.toHandle()));
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		end();
	}

	private void end() {
		if (this.process != null) {
			kill();
		}
		this.directory.close();
	}

}
