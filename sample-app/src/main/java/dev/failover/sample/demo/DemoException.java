package dev.failover.sample.demo;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Exception for a refused demo request; answered with a problem document.
 */
final class DemoException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	DemoException(HttpStatus status, String title, Exception reason) {
		this(status, title, reason.getMessage(), reason);
	}

	private DemoException(HttpStatus status, String title, @Nullable String detail, @Nullable Exception cause) {
		super(status, ProblemDetail.forStatusAndDetail(status, detail), cause);
		setTitle(title);
	}

	/**
	 * Creates an exception for a name that does not exist.
	 */
	static DemoException unknown(HttpStatus status, String what, String name, List<String> known) {
		String detail = "'%s' does not exist. Use one of: %s.".formatted(name, String.join(", ", known));
		DemoException exception = new DemoException(status, "Unknown " + what, detail, null);
		exception.getBody().setProperty("known", known);
		return exception;
	}

}
