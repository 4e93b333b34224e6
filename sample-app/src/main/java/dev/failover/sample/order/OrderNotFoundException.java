package dev.failover.sample.order;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Exception for an id without an order; answered with 404.
 */
final class OrderNotFoundException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	OrderNotFoundException(long id) {
		super(HttpStatus.NOT_FOUND, problem(id), null);
	}

	private static ProblemDetail problem(long id) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND,
				"There is no order with the id " + id + ".");
		problem.setTitle("Order not found");
		return problem;
	}

}
