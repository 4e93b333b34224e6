package dev.failover.benchmarks.recovery;

import java.util.logging.LogManager;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Turns logging off. Contenders that log much during a fault would lose time by it.
 */
final class Logging {

	private Logging() {
	}

	static void off() {
		LogManager.getLogManager().reset();
		LoggingSystem.get(Logging.class.getClassLoader()).setLogLevel(null, LogLevel.OFF);
	}

}
