package dev.failover.sample.problem;

import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.failover.Failover;
import dev.failover.Mode;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers with problem documents (RFC 9457): 400 with the invalid fields for an invalid
 * request, 503 for a database that cannot do the work now. A fault of the database is
 * never a 500.
 * <p>
 * Spring looks for the handler of an exception along its causes, from the outside in.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final ObjectProvider<Failover> failover;

	ProblemAdvice(ObjectProvider<Failover> failover) {
		this.failover = failover;
	}

	@ExceptionHandler({ CommitOutcomeUnknownException.class, WriteOutcomeUnknownException.class })
	ResponseEntity<ProblemDetail> outcomeUnknown(RuntimeException failure) {
		this.logger.warn("An order may or may not be stored: the outcome of its commit is unknown", failure);
		return answer(DatabaseFault.OUTCOME_UNKNOWN);
	}

	@ExceptionHandler(NoWritableNodeException.class)
	ResponseEntity<ProblemDetail> readOnly() {
		return answer(DatabaseFault.READ_ONLY);
	}

	@ExceptionHandler(NodeLostException.class)
	ResponseEntity<ProblemDetail> connectionLost() {
		return answer(DatabaseFault.CONNECTION_LOST);
	}

	@ExceptionHandler({ CannotCreateTransactionException.class, CannotGetJdbcConnectionException.class,
			SQLTransientConnectionException.class })
	ResponseEntity<ProblemDetail> noConnection() {
		return answer(DatabaseFault.NO_CONNECTION);
	}

	/**
	 * Handles the errors that the exceptions of failover do not cover. An error of the
	 * application's own is thrown again, and handled as if there were no handler.
	 */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> otherError(SQLException error) throws SQLException {
		return answer(DatabaseFault.ofSqlState(error.getSQLState()).orElseThrow(() -> error));
	}

	private ResponseEntity<ProblemDetail> answer(DatabaseFault fault) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()))
			.body(problem(fault));
	}

	private ProblemDetail problem(DatabaseFault fault) {
		ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.SERVICE_UNAVAILABLE);
		problem
			.setType(URI.create("urn:problem-type:orders:" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-')));
		problem.setTitle(fault.title());
		String detail = fault.detail();
		Failover current = this.failover.getIfAvailable();
		if (current != null) {
			Mode mode = current.state().route().mode();
			problem.setProperty("mode", mode);
			detail += " The database is in mode " + mode + ".";
		}
		problem.setDetail(detail);
		return problem;
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<FieldProblem> errors = ex.getFieldErrors()
			.stream()
			.map((error) -> new FieldProblem(error.getField(), message(error)))
			.toList();
		return handleExceptionInternal(ex, withErrors(ex.getBody(), errors), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<FieldProblem> errors = ex.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> new FieldProblem(result.getMethodParameter().getParameterName(), message(error))))
			.toList();
		return handleExceptionInternal(ex, withErrors(ex.getBody(), errors), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "The body is not an order in JSON format.");
		if (ex.getCause() instanceof JacksonException json && !json.getPath().isEmpty()) {
			String field = json.getPath().get(0).getPropertyName();
			withErrors(problem, List.of(new FieldProblem(field, "is missing or of the wrong type")));
		}
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	private static ProblemDetail withErrors(ProblemDetail problem, List<FieldProblem> errors) {
		problem.setProperty("errors", errors);
		return problem;
	}

	private static String message(MessageSourceResolvable error) {
		String message = error.getDefaultMessage();
		return (message != null) ? message : "is not valid";
	}

	/**
	 * A field of the request and the reason why it is invalid.
	 */
	private record FieldProblem(@Nullable String field, String message) {
	}

}
