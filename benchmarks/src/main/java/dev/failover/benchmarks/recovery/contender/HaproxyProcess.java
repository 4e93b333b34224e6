package dev.failover.benchmarks.recovery.contender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process of HAProxy that ends with this one, even if this one is killed: a shell stops
 * it at the end of its input.
 */
final class HaproxyProcess implements AutoCloseable {

	private static final String SCRIPT = "haproxy -db -f \"$0\" & pid=$!; read line; kill \"$pid\"; wait \"$pid\"";

	private static final long TIMEOUT_MILLIS = 10_000;

	private final Path file;

	private final Process process;

	private HaproxyProcess(Path file, Process process) {
		this.file = file;
		this.process = process;
	}

	/**
	 * Starts the process, and waits until it listens.
	 */
	static HaproxyProcess start(String configuration, int port) throws IOException, InterruptedException {
		Path file = Files.createTempFile("benchmarks-haproxy", ".cfg");
		Files.writeString(file, configuration);
		Process process = new ProcessBuilder("sh", "-c", SCRIPT, file.toString())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		HaproxyProcess started = new HaproxyProcess(file, process);
		try {
			started.awaitPort(port);
			return started;
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			started.close();
			throw ex;
		}
	}

	private void awaitPort(int port) throws IOException, InterruptedException {
		long deadline = System.currentTimeMillis() + TIMEOUT_MILLIS;
		while (true) {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
				return;
			}
			catch (IOException ex) {
				if (System.currentTimeMillis() > deadline) {
					throw new IOException("HAProxy does not listen on its port " + port, ex);
				}
				Thread.sleep(20);
			}
		}
	}

	/**
	 * Returns the version of the program, empty if it is not installed.
	 */
	static Optional<String> version() {
		try {
			Process process = new ProcessBuilder("haproxy", "-v").redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			String[] words = output.split("\\s+");
			return (words.length > 2) ? Optional.of(words[2]) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
				this.process.descendants().forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly();
			}
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
