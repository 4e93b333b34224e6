package dev.failover.autoconfigure;

import dev.failover.ReadOnlyMode;

/**
 * Configuration under {@code failover.read-only}: what happens while no node takes
 * writes.
 */
public final class ReadOnlyProperties {

	/**
	 * 'serve' hands out connections that can only read; 'wait' makes requests that are
	 * not read-only transactions wait for a writable node, within the connection time-
	 * out; 'reject' refuses them at once.
	 */
	private ReadOnlyMode mode = ReadOnlyMode.SERVE;

	public ReadOnlyMode getMode() {
		return this.mode;
	}

	public void setMode(ReadOnlyMode mode) {
		this.mode = mode;
	}

}
