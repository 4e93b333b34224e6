package dev.failover.page;

import dev.failover.autoconfigure.FailoverConfigurationException;

import org.springframework.boot.context.properties.ConfigurationProperties;

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
			throw new FailoverConfigurationException(
					"The property 'failover.page.path' is '" + path + "', which is not the path of a page.",
					"Set it to '/' or a path such as '/ops/failover'.");
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
