package dev.failover.sample.demo;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.http.ProblemDetail;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

/**
 * HTTP client of the order service. Thread-safe.
 */
@Component
@Profile("embedded")
final class OrderClient {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Map<String, Object> ORDER = Map.of("customer", "load", "item", "clock tick", "quantity", 1);

	private static final String ORDERS = "http://127.0.0.1:{port}/orders";

	private final RestClient http;

	private final Environment environment;

	OrderClient(Environment environment) {
		this.environment = environment;
		HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
		requests.setReadTimeout(READ_TIMEOUT);
		this.http = RestClient.builder().requestFactory(requests).build();
	}

	/**
	 * Places an order.
	 * @return id of the order
	 */
	long place() {
		Placed placed = this.http.post().uri(ORDERS, port()).body(ORDER).retrieve().body(Placed.class);
		return Objects.requireNonNull(placed, "The answer has no body").id();
	}

	/**
	 * Returns whether there is an order with an id.
	 */
	boolean find(long id) {
		try {
			this.http.get().uri(ORDERS + "/{id}", port(), id).retrieve().toBodilessEntity();
			return true;
		}
		catch (HttpClientErrorException.NotFound ex) {
			return false;
		}
	}

	/**
	 * Lists the latest orders.
	 */
	void latest() {
		this.http.get().uri(ORDERS, port()).retrieve().toBodilessEntity();
	}

	private String port() {
		return this.environment.getRequiredProperty("local.server.port");
	}

	/**
	 * Returns status and title of the answer to a failed call, or the exception if there
	 * was no answer.
	 */
	static String describe(RuntimeException failure) {
		if (failure instanceof RestClientResponseException response) {
			ProblemDetail problem = response.getResponseBodyAs(ProblemDetail.class);
			String title = (problem != null) ? problem.getTitle() : response.getStatusText();
			return response.getStatusCode().value() + " " + title;
		}
		return failure.getClass().getSimpleName() + ": " + failure.getMessage();
	}

	private record Placed(long id) {
	}

}
