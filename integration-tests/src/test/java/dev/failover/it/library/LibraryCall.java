package dev.failover.it.library;

import java.util.concurrent.CompletionException;

import dev.failover.it.Application;
import dev.failover.transaction.NodeFailure;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Call of a library that has ended.
 *
 * @param work the library
 * @param id number of the call
 * @param claim what its end says about its work
 * @param outcome the exception, with one of ours that is its cause, or {@code none}
 */
record LibraryCall(LibraryWork work, long id, Claim claim, String outcome) {

	static LibraryCall run(LibraryWork work, Application application, long id) {
		try {
			work.run(application.context(), id);
			return new LibraryCall(work, id, Claim.STORED, "none");
		}
		catch (Exception ex) {
			Throwable thrown = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
			return new LibraryCall(work, id, Claim.of(thrown), describe(thrown));
		}
	}

	private static String describe(Throwable thrown) {
		String text = "`" + thrown.getClass().getSimpleName() + "`";
		for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof NodeFailure) {
				return text + ", cause `" + cause.getClass().getSimpleName() + "`";
			}
		}
		return text;
	}

	/**
	 * Returns whether a server, which has all that was acknowledged, confirms the claim.
	 */
	boolean isTrueOn(JdbcOperations server) {
		return this.claim.isTrue(this.work.stored(server, this.id));
	}

	/**
	 * Returns whether a server has work of which nothing is stored, by the claim.
	 */
	boolean isDeniedBy(JdbcOperations server) {
		return this.claim == Claim.NOT_STORED && this.work.stored(server, this.id) > 0;
	}

}
