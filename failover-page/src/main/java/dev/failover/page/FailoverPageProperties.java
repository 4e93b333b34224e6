package dev.failover.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration properties for the page for operators.
 */
@ConfigurationProperties("failover.page")
final class FailoverPageProperties {

	/**
	 * Serve the page for operators. It needs the endpoint 'failover' to be exposed, and
	 * can do no more than that.
	 */
	private boolean enabled;

	/**
	 * Path of the page, on the server of the management endpoints.
	 */
	private String path = "/failover";

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		if (!path.matches("/|(/[A-Za-z0-9._~-]+)+")) {
			throw new InvalidConfigurationPropertyValueException("failover.page.path", path,
					"It must be '/' or a path such as '/ops/failover', without a slash at its end.");
		}
		this.path = path;
	}

	/**
	 * Returns the path with a slash at its end, below which the parts of the page are.
	 */
	String directory() {
		return this.path.endsWith("/") ? this.path : this.path + "/";
	}

}
