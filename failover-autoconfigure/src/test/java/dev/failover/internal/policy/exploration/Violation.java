package dev.failover.internal.policy.exploration;

/**
 * First violation of a check.
 *
 * @param check the check
 * @param state the state that violates it, or before the step that does
 * @param step the step that violates it, or {@link #NO_STEP}
 */
record Violation(Check check, int state, int step) {

	/**
	 * The state itself violates the check: what becomes of it if nothing else happens.
	 */
	static final int NO_STEP = -1;

}
