package dev.failover.autoconfigure;

/**
 * Configuration under {@code failover.drill}: rehearsals of the loss of a node.
 */
public final class DrillProperties {

	/**
	 * Whether an operator may start a drill.
	 */
	private boolean enabled;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
