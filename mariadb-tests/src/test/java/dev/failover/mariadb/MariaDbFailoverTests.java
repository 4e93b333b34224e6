package dev.failover.mariadb;

import java.util.Optional;

/**
 * {@link FailoverTests} on MariaDB.
 */
abstract class MariaDbFailoverTests extends FailoverTests {

	MariaDbFailoverTests(String url) {
		super(url);
	}

	@Override
	final Optional<Pair> newPair() {
		return MariaDbPair.start();
	}

	@Override
	final String product() {
		return "MariaDB";
	}

	@Override
	final String divergence() {
		return "it follows history";
	}

	@Override
	final String grant() {
		return "slave monitor";
	}

}
