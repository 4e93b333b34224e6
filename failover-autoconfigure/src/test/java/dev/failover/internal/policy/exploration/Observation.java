package dev.failover.internal.policy.exploration;

/**
 * Outcome of one probe, packed into {@value #BITS} bits.
 *
 * @param bits the packed outcome, 0 for silence
 */
record Observation(int bits) {

	static final int BITS = 24;

	/** Outcome of a probe that no server answered. */
	static final int SILENCE = 0;

	private static final int SOURCE = 2;

	private static final int WRITABLE = 1 << 4;

	private static final int UNUSABLE = 1 << 5;

	private static final int RECEIVING = 1 << 6;

	private static final int HISTORY = 7;

	private static final int INCARNATION = HISTORY + PackedHistory.BITS;

	static int answer(int server, int source, boolean writable, boolean unusable, boolean receiving) {
		return (server + 1) | (source << SOURCE) | (writable ? WRITABLE : 0) | (unusable ? UNUSABLE : 0)
				| (receiving ? RECEIVING : 0);
	}

	static int withHistory(int bits, int history) {
		return bits | (history << HISTORY);
	}

	static int withIncarnations(int bits, int own, int source) {
		return bits | (own | source << 2) << INCARNATION;
	}

	static boolean answered(int bits) {
		return bits != SILENCE;
	}

	static int server(int bits) {
		return (bits & 3) - 1;
	}

	static int source(int bits) {
		return (bits >> SOURCE) & 3;
	}

	/**
	 * Returns the number of the process that answered: of its server and incarnation.
	 */
	static int process(int bits) {
		return server(bits) << 2 | (bits >> INCARNATION) & 3;
	}

	/**
	 * Returns the number of the process that it follows.
	 */
	static int sourceProcess(int bits) {
		return source(bits) << 2 | (bits >> (INCARNATION + 2)) & 3;
	}

	static boolean writable(int bits) {
		return (bits & (WRITABLE | UNUSABLE)) == WRITABLE;
	}

	static boolean unusable(int bits) {
		return (bits & UNUSABLE) != 0;
	}

	static boolean receiving(int bits) {
		return (bits & RECEIVING) != 0;
	}

	static int history(int bits) {
		return (bits >> HISTORY) & ((1 << PackedHistory.BITS) - 1);
	}

	boolean answered() {
		return answered(this.bits);
	}

	/**
	 * Returns the number of the server that answered.
	 */
	int server() {
		return server(this.bits);
	}

	/**
	 * Returns the number of the server that it follows, or {@link World#NONE}.
	 */
	int source() {
		return source(this.bits);
	}

	boolean writable() {
		return writable(this.bits);
	}

	/**
	 * Returns whether the server answers but must not be used.
	 */
	boolean unusable() {
		return unusable(this.bits);
	}

	/**
	 * Returns whether it receives the log of the server that it follows.
	 */
	boolean receiving() {
		return receiving(this.bits);
	}

	/**
	 * Returns its {@link PackedHistory}.
	 */
	int history() {
		return history(this.bits);
	}

	@Override
	public String toString() {
		if (!answered()) {
			return "no answer";
		}
		String role = unusable() ? "UNUSABLE" : (writable() ? "WRITABLE" : "READ_ONLY");
		String source = (source() == World.NONE || writable()) ? ""
				: (receiving() ? ", receiving from " : ", waiting for ") + World.serverName(source());
		return World.serverName(server()) + " " + role + " " + PackedHistory.describe(history()) + source;
	}

}
