package dev.failover.benchmarks.overhead;

/**
 * A contender that does not run on the stub.
 *
 * @param contender its name
 * @param reason why not
 */
record LeftOut(String contender, String reason) {

	static LeftOut of(Contender contender, Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		return new LeftOut(contender.name(),
				"it does not run on the stub: " + cause.toString().lines().findFirst().orElse("unknown"));
	}

}
