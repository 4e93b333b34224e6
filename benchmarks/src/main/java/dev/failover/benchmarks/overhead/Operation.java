package dev.failover.benchmarks.overhead;

/**
 * What is measured, by the name of its method in {@link Cycle}.
 */
enum Operation {

	CONNECTION("connection", "getConnection/close"), STATEMENT("statement", "statement cycle");

	private final String method;

	private final String label;

	Operation(String method, String label) {
		this.method = method;
		this.label = label;
	}

	String method() {
		return this.method;
	}

	String label() {
		return this.label;
	}

	static Operation of(String benchmark) {
		for (Operation operation : values()) {
			if (benchmark.endsWith("." + operation.method)) {
				return operation;
			}
		}
		throw new IllegalArgumentException("Unknown benchmark " + benchmark);
	}

}
