package dev.failover.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The link in front of a server: sets the faults, which {@link LinkLoop} acts out.
 */
final class TcpLink implements Link, AutoCloseable {

	private final LinkLoop loop;

	private TcpLink(LinkLoop loop) {
		this.loop = loop;
	}

	/**
	 * Open a link to a server that is not there yet.
	 */
	static TcpLink open(String node) throws IOException {
		return new TcpLink(LinkLoop.start(node));
	}

	@Override
	public int port() {
		return this.loop.port();
	}

	@Override
	public void cut() {
		change((faults) -> faults.withCut(Direction.TO_SERVER).withCut(Direction.TO_CLIENT));
	}

	@Override
	public void cut(Direction direction) {
		change((faults) -> faults.withCut(direction));
	}

	@Override
	public void reset() {
		this.loop.execute(() -> {
			this.loop.change(LinkFaults::withReset);
			this.loop.abortAll();
		});
	}

	@Override
	public void refuse() {
		change(LinkFaults::withRefuse);
	}

	@Override
	public void delay(Duration delay) {
		LinkFaults.NONE.withDelay(delay);
		change((faults) -> faults.withDelay(delay));
	}

	@Override
	public void dropConnections(double share) {
		LinkFaults.NONE.withDrop(share);
		change((faults) -> faults.withDrop(share));
	}

	@Override
	public void heal() {
		this.loop.execute(() -> {
			this.loop.change((faults) -> LinkFaults.NONE);
			this.loop.hurryAll();
		});
	}

	/**
	 * Say where the server is.
	 */
	void target(int port) {
		this.loop.target(port);
	}

	/**
	 * Say whether the server listens: while it does not, clients are refused.
	 */
	void serverIsThere(boolean there) {
		this.loop.execute(() -> this.loop.serverIsThere(there));
	}

	private void change(UnaryOperator<LinkFaults> change) {
		this.loop.execute(() -> this.loop.change(change));
	}

	@Override
	public void close() {
		this.loop.close();
	}

}
