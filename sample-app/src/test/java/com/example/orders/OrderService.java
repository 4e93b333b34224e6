package com.example.orders;

import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;

import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.annotation.Transactional;

/**
 * A service with retries as {@code docs/retry.md} shows it. Its course is tested with the
 * {@code RetryingService} of the integration tests.
 */
@Service
class OrderService {

	private final Orders orders;

	OrderService(Orders orders) {
		this.orders = orders;
	}

	@Retryable(
			includes = { NodeLostException.class, NoWritableNodeException.class,
					CannotCreateTransactionException.class },
			excludes = CommitOutcomeUnknownException.class, maxRetries = 8, delay = 50, jitter = 25, multiplier = 2,
			maxDelay = 1000)
	@Transactional
	public Order place(NewOrder order) {
		return this.orders.save(order);
	}

	boolean exists(String requestId) {
		return this.orders.exists(requestId);
	}

	static void placeOnce(OrderService orders, NewOrder order) {
		try {
			orders.place(order);
		}
		catch (CommitOutcomeUnknownException ex) {
			if (!orders.exists(order.requestId())) {
				orders.place(order);
			}
		}
	}

	@Configuration
	@EnableResilientMethods
	static class ResilienceConfiguration {

	}

	interface Orders {

		Order save(NewOrder order);

		boolean exists(String requestId);

	}

	record NewOrder(String requestId, String item) {

	}

	record Order(long id, String item) {

	}

}
