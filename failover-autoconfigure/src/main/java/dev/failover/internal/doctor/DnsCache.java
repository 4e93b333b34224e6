package dev.failover.internal.doctor;

import java.security.Security;

import org.jspecify.annotations.Nullable;

/**
 * Expiry of the JVM's DNS cache.
 * <p>
 * Source: the JDK's {@code conf/security/java.security} and its API documentation,
 * "Networking Properties": with a negative value entries never expire; with a security
 * manager, this is also the default.
 *
 * @param forever whether the address of a host name never expires
 * @param failuresForever whether a failed look-up never expires
 */
record DnsCache(boolean forever, boolean failuresForever) {

	/**
	 * Returns the settings of this JVM.
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
