package dev.failover.sample.order;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * There is no order with the given id.
 */
final class OrderNotFoundException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	OrderNotFoundException(long id) {
		super(HttpStatus.NOT_FOUND, problem(id), null);
	}

	private static ProblemDetail problem(long id) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND,
				"There is no order with the id " + id + ".");
		problem.setTitle("No such order");
		return problem;
	}

}
