package dev.failover.benchmarks.overhead;

/**
 * Operation whose overhead is measured.
 */
enum Operation {

	CONNECTION("getConnection/close"), STATEMENT("statement cycle");

	private final String label;

	Operation(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

}
