package dev.failover.embedded.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the embedded pair.
 */
@ConfigurationProperties("failover.embedded")
final class EmbeddedProperties {

	/**
	 * Start an embedded PostgreSQL pair if no database is configured.
	 */
	private boolean enabled = true;

	/**
	 * Time without a leader after which the pair's failover manager promotes the standby.
	 * By default there is no failover manager.
	 */
	private @Nullable Duration promoteAfter;

	/**
	 * Let the failover manager kill a deposed leader that would resume as a primary.
	 */
	private boolean fencing = true;

	/**
	 * Let commits wait for the standby while it streams.
	 */
	private boolean synchronous;

	/**
	 * Name of the database.
	 */
	private String database = "app";

	/**
	 * Name of the application's role, which owns the database.
	 */
	private String username = "app";

	/**
	 * Password of the application's role. Generated at each start by default.
	 */
	private @Nullable String password;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Duration getPromoteAfter() {
		return this.promoteAfter;
	}

	public void setPromoteAfter(@Nullable Duration promoteAfter) {
		this.promoteAfter = promoteAfter;
	}

	public boolean isFencing() {
		return this.fencing;
	}

	public void setFencing(boolean fencing) {
		this.fencing = fencing;
	}

	public boolean isSynchronous() {
		return this.synchronous;
	}

	public void setSynchronous(boolean synchronous) {
		this.synchronous = synchronous;
	}

	public String getDatabase() {
		return this.database;
	}

	public void setDatabase(String database) {
		this.database = database;
	}

	public String getUsername() {
		return this.username;
	}

	public void setUsername(String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

}
