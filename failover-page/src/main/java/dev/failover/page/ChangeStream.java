package dev.failover.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.Operation;
import dev.failover.Operation.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.HttpRequestHandler;

/**
 * Tells the browsers that show the page that something has changed, as server-sent
 * events. An event has no content: the page then asks the endpoint, under the rules of
 * access to it.
 * <p>
 * Thread-safe. A slow browser delays other browsers, nothing else. The streams end in the
 * first phase of a stop, so that a graceful shutdown of the web server does not wait for
 * them.
 */
final class ChangeStream implements HttpRequestHandler, FailoverObserver, SmartLifecycle, AutoCloseable {

	/** Most browsers at once. The page of one more asks the endpoint regularly. */
	private static final int MOST = 32;

	private static final byte[] CHANGE = "event: change\ndata:\n\n".getBytes(StandardCharsets.US_ASCII);

	/** Comment that keeps proxies from closing the connection, and finds closed ones. */
	private static final byte[] ALIVE = ":\n\n".getBytes(StandardCharsets.US_ASCII);

	private static final long ALIVE_SECONDS = 15;

	private final Set<AsyncContext> browsers = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean pending = new AtomicBoolean();

	private volatile boolean running;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(threads());

	ChangeStream() {
		this.thread.scheduleWithFixedDelay(() -> send(ALIVE), ALIVE_SECONDS, ALIVE_SECONDS, TimeUnit.SECONDS);
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("failover-page-");
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Opens a stream that stays open until the browser closes it.
	 */
	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (this.browsers.size() >= MOST || !this.running) {
			response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
			return;
		}
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setHeader("Cache-Control", "no-store");
		AsyncContext browser = request.startAsync();
		browser.setTimeout(0);
		browser.addListener(new Removal(browser));
		this.browsers.add(browser);
		send(browser, ALIVE);
		if (!this.running) {
			end(browser);
		}
	}

	@Override
	public void changed(FailoverEvent event) {
		changed();
	}

	@Override
	public void operationEnded(Operation operation, Outcome outcome) {
		changed();
	}

	/**
	 * Tells all browsers soon. Changes that follow each other at once are told once.
	 */
	private void changed() {
		if (!this.thread.isShutdown() && this.pending.compareAndSet(false, true)) {
			this.thread.execute(() -> {
				this.pending.set(false);
				send(CHANGE);
			});
		}
	}

	private void send(byte[] message) {
		this.browsers.forEach((browser) -> send(browser, message));
	}

	/**
	 * Sends to one browser: the thread that opens a stream may meet the thread of this
	 * object.
	 */
	private void send(AsyncContext browser, byte[] message) {
		try {
			synchronized (browser) {
				browser.getResponse().getOutputStream().write(message);
				browser.getResponse().flushBuffer();
			}
		}
		catch (IOException | IllegalStateException ex) {
			end(browser);
		}
	}

	private void end(AsyncContext browser) {
		if (this.browsers.remove(browser)) {
			try {
				browser.complete();
			}
			catch (IllegalStateException ex) {
				// the container has ended it already
			}
		}
	}

	/**
	 * Returns the number of browsers that are told.
	 */
	int browsers() {
		return this.browsers.size();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.browsers.forEach(this::end);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void close() {
		stop();
		this.thread.shutdownNow();
	}

	/**
	 * Removes a stream that the container has ended.
	 */
	private final class Removal implements AsyncListener {

		private final AsyncContext browser;

		Removal(AsyncContext browser) {
			this.browser = browser;
		}

		@Override
		public void onComplete(AsyncEvent event) {
			ChangeStream.this.browsers.remove(this.browser);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			end(this.browser);
		}

		@Override
		public void onError(AsyncEvent event) {
			end(this.browser);
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
		}

	}

}
