package dev.failover.internal.detection;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.failover.internal.detection.Witnesses.Says;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster manager over HTTP whether its node leads. The status of the answer to a
 * {@code GET} tells: 200 says that it does, 503 that it does not. Patroni's REST API
 * answers so on {@code /primary} (Patroni documentation, "Patroni REST API", health check
 * endpoints), and so do the usual health checks of proxies. The body is not read.
 * <p>
 * Thread-safe.
 */
final class WitnessClient {

	private static final int OK = 200;

	private static final int UNAVAILABLE = 503;

	private final Duration timeout;

	private final Executor threads;

	private volatile @Nullable HttpClient client;

	/**
	 * Creates a client without a thread.
	 * @param timeout longest time for an answer, with connecting
	 */
	WitnessClient(Duration timeout, Executor threads) {
		this.timeout = timeout;
		this.threads = threads;
	}

	/**
	 * Asks, and returns at once.
	 */
	Future<Testimony> ask(URI url) {
		HttpRequest request = HttpRequest.newBuilder(url).timeout(this.timeout).GET().build();
		return client().sendAsync(request, BodyHandlers.ofInputStream()).thenApply(WitnessClient::testimony);
	}

	private HttpClient client() {
		HttpClient known = this.client;
		if (known == null) {
			known = HttpClient.newBuilder().connectTimeout(this.timeout).executor(this.threads).build();
			this.client = known;
		}
		return known;
	}

	private static Testimony testimony(HttpResponse<InputStream> response) {
		close(response.body());
		return switch (response.statusCode()) {
			case OK -> new Testimony(Says.LEADS, null);
			case UNAVAILABLE -> new Testimony(Says.FOLLOWS, null);
			default -> Testimony.unknown("it answered with HTTP status " + response.statusCode());
		};
	}

	private static void close(InputStream body) {
		try {
			body.close();
		}
		catch (IOException ex) {
			// the status has told all
		}
	}

	/**
	 * Waits for an answer, for a limited time.
	 */
	Testimony await(Future<Testimony> asked) throws InterruptedException {
		try {
			return asked.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			asked.cancel(true);
			return Testimony.unknown("no answer within " + this.timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			return Testimony.unknown(String.valueOf(ex.getCause()));
		}
	}

	/**
	 * What a manager says of its node.
	 *
	 * @param says the answer
	 * @param error why it is unknown, or null
	 */
	record Testimony(Says says, @Nullable String error) {

		static Testimony unknown(String error) {
			return new Testimony(Says.UNKNOWN, error);
		}

	}

}
