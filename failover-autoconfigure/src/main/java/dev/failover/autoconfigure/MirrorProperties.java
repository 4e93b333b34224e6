package dev.failover.autoconfigure;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for a mirror. Properties that are not set are inherited from
 * the primary.
 */
final class MirrorProperties {

	/**
	 * JDBC URL of the mirror. Setting it turns failover on.
	 */
	private @Nullable String url;

	/**
	 * Login username of the mirror. Inherited from the primary by default.
	 */
	private @Nullable String username;

	/**
	 * Login password of the mirror. Inherited from the primary by default.
	 */
	private @Nullable String password;

	/**
	 * Fully qualified name of the JDBC driver of the mirror. Inherited from the primary
	 * by default.
	 */
	private @Nullable String driverClassName;

	/**
	 * Settings of the mirror's pool, with the names of 'spring.datasource.hikari', whose
	 * values they override.
	 */
	private Map<String, String> hikari = new LinkedHashMap<>();

	/**
	 * URL at which the cluster manager of the mirror says whether the mirror leads, by
	 * HTTP status 200 or 503, such as 'http://db2:8008/primary' of Patroni.
	 */
	private @Nullable URI witnessUrl;

	public @Nullable String getUrl() {
		return this.url;
	}

	public void setUrl(@Nullable String url) {
		this.url = url;
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	public @Nullable String getDriverClassName() {
		return this.driverClassName;
	}

	public void setDriverClassName(@Nullable String driverClassName) {
		this.driverClassName = driverClassName;
	}

	public @Nullable URI getWitnessUrl() {
		return this.witnessUrl;
	}

	public void setWitnessUrl(@Nullable URI witnessUrl) {
		this.witnessUrl = witnessUrl;
	}

	public Map<String, String> getHikari() {
		return this.hikari;
	}

	public void setHikari(Map<String, String> hikari) {
		this.hikari = hikari;
	}

}
