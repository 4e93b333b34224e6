package dev.failover.embedded;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The addresses to which the new connections of a link lead, in turn. Safe for use by
 * several threads.
 */
final class LinkTargets {

	private final AtomicInteger turn = new AtomicInteger();

	private volatile List<InetSocketAddress> addresses = List.of();

	/**
	 * Replace the addresses.
	 * @param ports ports of the servers on the loopback interface
	 */
	void replace(List<Integer> ports) {
		this.addresses = ports.stream().map(Ports::address).toList();
	}

	/**
	 * Return the address to which the next connection leads.
	 * @return the address, empty if there is none
	 */
	Optional<InetSocketAddress> next() {
		List<InetSocketAddress> present = this.addresses;
		return present.isEmpty() ? Optional.empty()
				: Optional.of(present.get(Math.floorMod(this.turn.getAndIncrement(), present.size())));
	}

	boolean contains(InetSocketAddress address) {
		return this.addresses.contains(address);
	}

}
