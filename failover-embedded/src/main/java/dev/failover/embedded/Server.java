package dev.failover.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL server: its data directory, its parameters and, while it runs, its
 * processes. Safe for use by several threads, except that starts and stops are made one
 * at a time.
 */
final class Server {

	static final String DATA = "data";

	static final String LOG = "server.log";

	private static final Logger logger = LoggerFactory.getLogger(Server.class);

	private static final int PORT_ATTEMPTS = 10;

	private final String name;

	private final PostgresInstallation installation;

	private final Path directory;

	private final DataDirectory data;

	private final TcpLink link;

	private volatile int port;

	private volatile @Nullable Server upstream;

	private volatile String synchronousStandby = "";

	private volatile @Nullable ServerProcess process;

	private volatile boolean frozen;

	private volatile boolean killing;

	/**
	 * Create a server that has no data yet.
	 * @param name name of its node
	 * @param installation the installation that it shares with the other servers
	 * @param link the link in front of it
	 */
	Server(String name, PostgresInstallation installation, TcpLink link) throws IOException {
		this.name = name;
		this.installation = installation;
		this.directory = Files.createDirectory(installation.directory().resolve(name),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		installation.account().own(this.directory);
		this.data = new DataDirectory(this.directory.resolve(DATA), installation.account());
		this.link = link;
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

	/**
	 * Return whether the server reports that it accepts connections. A frozen server
	 * does.
	 * @return whether it accepts connections
	 */
	boolean isReady() {
		return process()
			.filter((running) -> PidFile.read(this.data.path())
				.filter((file) -> file.pid() == running.pid() && file.isReady())
				.isPresent())
			.isPresent();
	}

	boolean isFrozen() {
		return this.frozen && isRunning();
	}

	/**
	 * Return whether the processes of the server are being killed, some before others.
	 * @return whether some may run while others do not any more
	 */
	boolean isBeingKilled() {
		return this.killing;
	}

	private Optional<ServerProcess> process() {
		return Optional.ofNullable(this.process).filter(ServerProcess::isAlive);
	}

	private ServerProcess requireProcess() {
		return process().orElseThrow(() -> new IllegalStateException("Node '" + this.name + "' is not running"));
	}

	/**
	 * Start the server and wait until it accepts connections. Does nothing if it is
	 * running. Takes another port if its own is in use.
	 * @throws EmbeddedPostgresException if the server does not start
	 */
	synchronized void start() throws IOException {
		for (int attempt = 1; !isRunning(); attempt++) {
			try {
				launch();
			}
			catch (PortInUseException ex) {
				if (attempt == PORT_ATTEMPTS) {
					throw ex;
				}
				this.port = Ports.free();
			}
		}
	}

	private void launch() throws IOException {
		this.data.cleanUp();
		this.frozen = false;
		configure();
		Path log = this.directory.resolve(LOG);
		long logged = Files.exists(log) ? Files.size(log) : 0;
		this.link.target(this.port);
		ServerProcess started = launchProcess(log, logged);
		PollDeadline.inSeconds(60).await(() -> {
			if (isReady(started)) {
				return true;
			}
			if (!started.isAlive()) {
				throw startFailure(readFrom(log, logged));
			}
			return false;
		}, "Node '" + this.name + "' did not accept connections within 60 s; see " + log);
		logger.debug("Node '{}' runs on port {} with process id {}", this.name, this.port, started.pid());
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
			throw startFailure(ex.getMessage() + "\n" + readFrom(log, logged));
		}
	}

	private static String readFrom(Path log, long position) throws IOException {
		try (InputStream in = Files.newInputStream(log)) {
			in.skipNBytes(position);
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private EmbeddedPostgresException startFailure(String log) {
		String message = "Node '" + this.name + "' did not start:\n" + log.strip();
		return log.contains("Address already in use") ? new PortInUseException(message)
				: new EmbeddedPostgresException(message);
	}

	private boolean isReady(ServerProcess started) {
		Optional<PidFile> file = PidFile.read(this.data.path()).filter((found) -> found.pid() == started.pid());
		file.filter(PidFile::listening).ifPresent((found) -> this.link.serverListens(true));
		return file.filter(PidFile::isReady).isPresent();
	}

	private void ended(ServerProcess ended) {
		if (this.process == ended) {
			this.link.serverListens(false);
		}
	}

	private void configure() throws IOException {
		Map<String, String> parameters = ServerParameters.of(this.name, this.port,
				this.installation.settings().parameters());
		Server followed = this.upstream;
		if (followed != null) {
			parameters.put("primary_conninfo", this.installation.superuser().connectionInfo(followed.port()));
		}
		if (!this.synchronousStandby.isEmpty()) {
			parameters.put("synchronous_standby_names", this.synchronousStandby);
		}
		this.data.configure(parameters);
	}

	/**
	 * Follow another server as its standby from the next start on. A running standby
	 * follows it from the next {@link #reload()} on.
	 * @param followed the server to follow
	 */
	synchronized void follow(Server followed) throws IOException {
		this.upstream = followed;
		this.data.markStandby();
	}

	/**
	 * Return whether this server runs or starts as a standby of another one.
	 * @param followed the other server
	 * @return whether it follows the other one
	 */
	boolean follows(Server followed) {
		return this.upstream == followed && this.data.isStandby();
	}

	/**
	 * Make commits wait for a standby from now on, or for none. Needs no connection, so
	 * that it also releases commits that wait in vain.
	 * @param standby name of the standby's node, empty for none
	 */
	synchronized void synchronizeWith(String standby) throws IOException {
		this.synchronousStandby = standby;
		if (isRunning()) {
			reload();
		}
	}

	/**
	 * Write the parameters and make the running server read them.
	 */
	synchronized void reload() throws IOException {
		configure();
		process().ifPresent((running) -> running.signal("HUP"));
	}

	void stop(StopMode mode) {
		ServerProcess running = requireProcess();
		running.signal(mode.signal());
		thaw();
		if (mode != StopMode.SMART) {
			running.awaitEnd();
			ended(running);
		}
	}

	void kill() {
		ServerProcess running = requireProcess();
		this.killing = true;
		try {
			running.kill();
		}
		finally {
			this.killing = false;
		}
		ended(running);
		try {
			this.data.cleanUp();
		}
		catch (IOException ex) {
			throw new EmbeddedPostgresException(
					"Node '" + this.name + "' was killed, but its lock file or shared memory could not be removed", ex);
		}
	}

	void freeze() {
		requireProcess().freeze();
		this.frozen = true;
	}

	void thaw() {
		if (this.frozen) {
			process().ifPresent(ServerProcess::thaw);
			this.frozen = false;
		}
	}

	void killBackend(int pid) {
		requireProcess().killChild(pid);
	}

	/**
	 * End the server, whatever its state.
	 */
	void close() throws IOException {
		try {
			process().ifPresent((running) -> {
				running.signal("QUIT");
				thaw();
			});
			PollDeadline.inSeconds(5).await(() -> !isRunning());
		}
		finally {
			process().ifPresent(ServerProcess::kill);
			this.data.cleanUp();
		}
	}

	/**
	 * Replace all data by a copy of those of another server, which may be running.
	 * @param backup the backup of that server
	 */
	void rebuild(BaseBackup backup) throws IOException {
		this.data.cleanUp();
		backup.copyTo(this.data.path());
		this.installation.account().own(this.data.path());
	}

	/**
	 * Thrown when another process took the port between the search for a free one and the
	 * start of the server.
	 */
	private static final class PortInUseException extends EmbeddedPostgresException {

		private static final long serialVersionUID = 1L;

		PortInUseException(String message) {
			super(message);
		}

	}

}
