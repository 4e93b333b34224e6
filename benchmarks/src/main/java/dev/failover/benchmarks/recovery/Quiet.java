package dev.failover.benchmarks.recovery;

import java.util.logging.LogManager;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Keeps contenders from logging, which under a fault would cost the talkative ones time.
 */
final class Quiet {

	private Quiet() {
	}

	static void please() {
		LogManager.getLogManager().reset();
		LoggingSystem.get(Quiet.class.getClassLoader()).setLogLevel(null, LogLevel.OFF);
	}

}
