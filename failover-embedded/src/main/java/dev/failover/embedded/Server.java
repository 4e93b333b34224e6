package dev.failover.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL server: its data directory, its settings and, while it runs, its
 * process. Safe for use by several threads, but starts and stops are to be made by one at
 * a time.
 */
final class Server {

	static final String DATA = "data";

	static final String LOG = "server.log";

	private static final Logger logger = LoggerFactory.getLogger(Server.class);

	private static final int PORT_ATTEMPTS = 10;

	private final String name;

	private final Installation installation;

	private final Path directory;

	private final DataDirectory data;

	private final TcpLink link;

	private final IntSupplier primaryPort;

	private volatile int port;

	private volatile String synchronousStandby = "";

	private volatile @Nullable ServerProcess process;

	private volatile boolean frozen;

	/**
	 * Create a server that has no data yet.
	 * @param name name of its node
	 * @param installation what it shares with the other server
	 * @param link the link that leads to it
	 * @param primaryPort port of the server that it follows while it is a standby
	 */
	Server(String name, Installation installation, TcpLink link, IntSupplier primaryPort) throws IOException {
		this.name = name;
		this.installation = installation;
		this.directory = Files.createDirectory(installation.directory().resolve(name),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		installation.account().own(this.directory);
		this.data = new DataDirectory(this.directory.resolve(DATA), installation.account());
		this.link = link;
		this.primaryPort = primaryPort;
		this.port = Ports.free();
	}

	String name() {
		return this.name;
	}

	DataDirectory data() {
		return this.data;
	}

	TcpLink link() {
		return this.link;
	}

	int port() {
		return this.port;
	}

	boolean isRunning() {
		return process().isPresent();
	}

	boolean isFrozen() {
		return this.frozen && isRunning();
	}

	private Optional<ServerProcess> process() {
		return Optional.ofNullable(this.process).filter(ServerProcess::isAlive);
	}

	ServerProcess required() {
		return process().orElseThrow(() -> new IllegalStateException("Node '" + this.name + "' is not running"));
	}

	/**
	 * Start, and wait until the server accepts connections. Does nothing if it runs.
	 */
	synchronized void start() throws IOException {
		for (int attempt = 1; !isRunning(); attempt++) {
			try {
				launch();
			}
			catch (PortTakenException ex) {
				if (attempt == PORT_ATTEMPTS) {
					throw ex;
				}
				this.port = Ports.free();
			}
		}
	}

	private void launch() throws IOException {
		this.data.tidy();
		this.frozen = false;
		configure();
		Path log = this.directory.resolve(LOG);
		long logged = Files.exists(log) ? Files.size(log) : 0;
		this.link.target(this.port);
		ServerProcess started = launchProcess(log, logged);
		Patience patience = Patience.seconds(60);
		while (!isReady(started)) {
			if (!started.isAlive()) {
				throw PortTakenException.orOther(this.name, tail(log, logged));
			}
			patience.pause("Node '" + this.name + "' was not ready in time; see " + log);
		}
		logger.debug("Node '{}' runs on port {} as process {}", this.name, this.port, started.pid());
	}

	private ServerProcess launchProcess(Path log, long logged) throws IOException {
		try {
			ServerProcess started = ServerProcess.launch(this.installation.script(), this.directory,
					this.installation.postgres(this.name, this.data.path()));
			this.process = started;
			started.onExit(() -> ended(started));
			return started;
		}
		catch (IOException ex) {
			throw PortTakenException.orOther(this.name, ex.getMessage() + "\n" + tail(log, logged));
		}
	}

	private static String tail(Path log, long from) throws IOException {
		try (InputStream in = Files.newInputStream(log)) {
			in.skipNBytes(from);
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private boolean isReady(ServerProcess started) {
		Optional<PidFile> file = PidFile.read(this.data.path()).filter((found) -> found.pid() == started.pid());
		file.filter(PidFile::listening).ifPresent((found) -> this.link.serverIsThere(true));
		return file.filter(PidFile::isReady).isPresent();
	}

	private void ended(ServerProcess ended) {
		if (this.process == ended) {
			this.link.serverIsThere(false);
		}
	}

	private void configure() throws IOException {
		Map<String, String> settings = ServerSettings.of(this.name, this.port,
				this.installation.superuser().connectionInfo(this.primaryPort.getAsInt()),
				this.installation.settings());
		if (!this.synchronousStandby.isEmpty()) {
			settings.put("synchronous_standby_names", this.synchronousStandby);
		}
		this.data.configure(settings);
	}

	/**
	 * Make commits wait for a standby from now on, or for none. It takes no connection,
	 * so it frees commits that hang, too.
	 * @param standby name of the standby's node, empty for none
	 */
	synchronized void synchronizeWith(String standby) throws IOException {
		this.synchronousStandby = standby;
		if (isRunning()) {
			reload();
		}
	}

	/**
	 * Make the server, which runs, read its settings again.
	 */
	synchronized void reload() throws IOException {
		configure();
		process().ifPresent((running) -> running.signal("HUP"));
	}

	void stop(StopMode mode) {
		ServerProcess running = required();
		running.signal(switch (mode) {
			case SMART -> "TERM";
			case FAST -> "INT";
			case IMMEDIATE -> "QUIT";
		});
		thaw();
		if (mode != StopMode.SMART) {
			running.awaitEnd("Node '" + this.name + "' did not stop");
			ended(running);
		}
	}

	void kill() {
		ServerProcess running = required();
		running.kill();
		ended(running);
		try {
			this.data.tidy();
		}
		catch (IOException ex) {
			throw new EmbeddedPostgresException("Could not tidy up after node '" + this.name + "'", ex);
		}
	}

	void freeze() {
		required().freeze();
		this.frozen = true;
	}

	void thaw() {
		if (this.frozen) {
			process().ifPresent(ServerProcess::thaw);
			this.frozen = false;
		}
	}

	void killBackend(int pid) {
		required().killChild(pid);
	}

	/**
	 * End the server in whatever state it is.
	 */
	void close() throws IOException {
		try {
			process().ifPresent((running) -> {
				running.signal("QUIT");
				thaw();
			});
			Patience patience = Patience.seconds(5);
			while (isRunning() && !patience.isOver()) {
				patience.pause();
			}
		}
		finally {
			process().ifPresent(ServerProcess::kill);
			this.data.tidy();
		}
	}

	/**
	 * Replace all data by a copy of another server's, which runs meanwhile.
	 */
	void rebuild(BaseBackup backup) throws IOException {
		this.data.tidy();
		backup.copyTo(this.data.path());
		this.installation.account().own(this.data.path());
	}

}
