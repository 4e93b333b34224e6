package dev.failover.internal.routing;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Captures the log of HikariCP about the connections that its pools open and close.
 */
final class HikariLogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger("com.zaxxer.hikari.pool.PoolBase");

	private final Collection<String> lines = new ConcurrentLinkedQueue<>();

	HikariLogCapture() {
		start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getFormattedMessage());
	}

	Collection<String> lines() {
		return this.lines;
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

}
