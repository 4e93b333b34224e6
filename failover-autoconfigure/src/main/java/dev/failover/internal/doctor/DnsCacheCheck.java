package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds a DNS cache of the JVM that never expires.
 */
final class DnsCacheCheck implements Check {

	static final String ID = "dns-cache-forever";

	/** Addresses, and the one host name whose address never changes. */
	private static final Pattern FIXED = Pattern.compile("[0-9.]+|\\[.*]|.*:.*|(?i:localhost)");

	@Override
	public List<Finding> check(CheckContext context) {
		DnsCache cache = context.dnsCache();
		boolean names = context.nodes()
			.stream()
			.flatMap((node) -> node.servers().stream())
			.map(InetSocketAddress::getHostString)
			.anyMatch((host) -> !FIXED.matcher(host).matches());
		if (!names || (!cache.forever() && !cache.failuresForever())) {
			return List.of();
		}
		String property = cache.forever() ? "networkaddress.cache.ttl" : "networkaddress.cache.negative.ttl";
		String what = cache.forever() ? "a database that moves to another address cannot be reached"
				: "after one failed look-up a database cannot be reached";
		return List.of(new Finding(ID, Severity.WARNING, null,
				"The DNS cache of this JVM never expires (" + property + "): " + what
						+ " until the application is restarted.",
				"Set the security property " + property + " to " + (cache.forever() ? "30" : "10")
						+ " in java.security, or with Security.setProperty before the application starts."));
	}

}
