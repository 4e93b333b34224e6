package dev.failover.autoconfigure;

/**
 * Configuration under {@code failover.doctor}: what is looked for before an outage.
 */
public final class DoctorProperties {

	/**
	 * Whether to look, now and then, for what would hurt in an outage: time-outs, grants,
	 * credentials, sizes.
	 */
	private boolean enabled = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
