package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * A JVM that never looks again where a host name leads.
 */
final class DnsCacheCheck implements Check {

	static final String ID = "dns-cache-forever";

	/** Addresses, and the one name that never moves. */
	private static final Pattern FIXED = Pattern.compile("[0-9.]+|\\[.*]|.*:.*|(?i:localhost)");

	@Override
	public List<Finding> examine(CheckContext examination) {
		DnsCache cache = examination.dnsCache();
		boolean names = examination.nodes()
			.stream()
			.flatMap((node) -> node.servers().stream())
			.map(InetSocketAddress::getHostString)
			.anyMatch((host) -> !FIXED.matcher(host).matches());
		if (!names || (!cache.forever() && !cache.failuresForever())) {
			return List.of();
		}
		String property = cache.forever() ? "networkaddress.cache.ttl" : "networkaddress.cache.negative.ttl";
		String what = cache.forever() ? "a database that moves to another address stays lost"
				: "one failed look-up keeps a database lost";
		return List.of(new Finding(ID, Severity.WARNING, null,
				"This JVM keeps what it knows of host names for ever (" + property + "): " + what
						+ " until the application is restarted.",
				"Set the security property " + property + " to " + (cache.forever() ? "30" : "10")
						+ " in java.security or with Security.setProperty at the very start."));
	}

}
