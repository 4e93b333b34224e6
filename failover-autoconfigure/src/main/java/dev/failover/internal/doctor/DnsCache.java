package dev.failover.internal.doctor;

import java.security.Security;

import org.jspecify.annotations.Nullable;

/**
 * How long this JVM remembers what a host name leads to.
 * <p>
 * Source: the JDK's {@code conf/security/java.security} and its API documentation,
 * "Networking Properties": a negative value means for ever; where a security manager is
 * installed, so does none.
 *
 * @param forever whether an address, once found, is kept for ever
 * @param failuresForever whether a failure to find one is kept for ever
 */
record DnsCache(boolean forever, boolean failuresForever) {

	/**
	 * The cache of this JVM.
	 */
	static DnsCache ofThisJvm() {
		return of(setting("networkaddress.cache.ttl", "sun.net.inetaddr.ttl"),
				setting("networkaddress.cache.negative.ttl", "sun.net.inetaddr.negative.ttl"),
				System.getProperty("java.security.manager"));
	}

	static DnsCache of(@Nullable String ttl, @Nullable String negativeTtl, @Nullable String securityManager) {
		boolean guarded = securityManager != null && !securityManager.equals("allow")
				&& !securityManager.equals("disallow");
		return new DnsCache((ttl != null) ? negative(ttl) : guarded, negativeTtl != null && negative(negativeTtl));
	}

	private static @Nullable String setting(String security, String system) {
		String value = Security.getProperty(security);
		return (value != null && !value.isBlank()) ? value : System.getProperty(system);
	}

	private static boolean negative(String seconds) {
		return seconds.strip().startsWith("-");
	}

}
