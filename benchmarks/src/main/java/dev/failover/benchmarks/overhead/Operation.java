package dev.failover.benchmarks.overhead;

/**
 * What is measured.
 */
enum Operation {

	CONNECTION("connection", "getConnection/close"), STATEMENT("statement", "statement cycle");

	private final String word;

	private final String label;

	Operation(String word, String label) {
		this.word = word;
		this.label = label;
	}

	/**
	 * Its name in files.
	 */
	String word() {
		return this.word;
	}

	/**
	 * Its name for readers.
	 */
	String label() {
		return this.label;
	}

}
