package dev.failover.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A {@link Link} that changes the faults on the thread of its {@link LinkEventLoop}.
 */
final class TcpLink implements Link, AutoCloseable {

	private final LinkEventLoop eventLoop;

	private TcpLink(LinkEventLoop eventLoop) {
		this.eventLoop = eventLoop;
	}

	/**
	 * Open a link on a free port. It has no server yet.
	 * @param name name of the node or service behind it
	 * @return the link
	 */
	static TcpLink open(String name) throws IOException {
		return new TcpLink(LinkEventLoop.start(name));
	}

	@Override
	public int port() {
		return this.eventLoop.port();
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
		this.eventLoop.execute(() -> {
			this.eventLoop.changeFaults(LinkFaults::withReset);
			this.eventLoop.resetConnections();
		});
	}

	@Override
	public void refuse() {
		change(LinkFaults::withRefuse);
	}

	@Override
	public void delay(Duration delay) {
		// fails here, not on the thread of the event loop, if the delay is invalid
		Duration valid = LinkFaults.NONE.withDelay(delay).delay();
		change((faults) -> faults.withDelay(valid));
	}

	@Override
	public void dropConnections(double share) {
		// fails here, not on the thread of the event loop, if the share is invalid
		double valid = LinkFaults.NONE.withDropShare(share).dropShare();
		change((faults) -> faults.withDropShare(valid));
	}

	@Override
	public void heal() {
		this.eventLoop.execute(() -> {
			this.eventLoop.changeFaults((faults) -> LinkFaults.NONE);
			this.eventLoop.releaseDelayed();
		});
	}

	/**
	 * Set the port of the server, to which new connections lead.
	 * @param port the port
	 */
	void target(int port) {
		this.eventLoop.target(List.of(port));
	}

	/**
	 * Set the servers to which new connections lead in turn. Without any, connections are
	 * refused.
	 * @param ports ports of the servers
	 * @param resetOthers whether open connections to other servers are reset
	 */
	void targets(List<Integer> ports, boolean resetOthers) {
		this.eventLoop.execute(() -> {
			this.eventLoop.target(ports);
			this.eventLoop.serverListens(!ports.isEmpty());
			if (resetOthers) {
				this.eventLoop.resetConnectionsElsewhere();
			}
		});
	}

	/**
	 * Set whether the server listens. While it does not, connections are refused.
	 * @param listens whether it listens
	 */
	void serverListens(boolean listens) {
		this.eventLoop.execute(() -> this.eventLoop.serverListens(listens));
	}

	private void change(UnaryOperator<LinkFaults> change) {
		this.eventLoop.execute(() -> this.eventLoop.changeFaults(change));
	}

	@Override
	public void close() {
		this.eventLoop.close();
	}

}
