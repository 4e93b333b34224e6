package dev.failover.sample;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.failover.sample.Client.Answer;

import org.springframework.http.HttpStatus;

/**
 * Places orders without pause and records the answers.
 */
final class Customer implements AutoCloseable {

	/** Number of orders that can be in progress. */
	static final int THREADS = 4;

	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);

	private final Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();

	private final Queue<Answer> refusals = new ConcurrentLinkedQueue<>();

	private final Client client;

	Customer(Client client) {
		this.client = client;
		for (int i = 0; i < THREADS; i++) {
			this.threads.scheduleWithFixedDelay(this::order, 0, 10, TimeUnit.MILLISECONDS);
		}
	}

	private void order() {
		Answer answer = this.client.place("steady");
		if (answer.status().isSameCodeAs(HttpStatus.CREATED)) {
			this.acknowledged.add(answer.at("$.id"));
		}
		else {
			this.refusals.add(answer);
		}
	}

	/**
	 * Returns the ids of the orders that were answered with 201.
	 */
	Queue<Integer> acknowledged() {
		return this.acknowledged;
	}

	/**
	 * Returns the answers with another status than 201.
	 */
	Queue<Answer> refusals() {
		return this.refusals;
	}

	/**
	 * Stops placing orders, and waits for the orders in progress.
	 */
	@Override
	public void close() {
		this.threads.shutdown();
		try {
			this.threads.awaitTermination(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
