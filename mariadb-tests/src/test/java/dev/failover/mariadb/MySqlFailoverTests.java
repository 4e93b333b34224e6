package dev.failover.mariadb;

import java.util.Optional;

/**
 * {@link FailoverTests} on MySQL 5.6.
 */
abstract class MySqlFailoverTests extends FailoverTests {

	MySqlFailoverTests(String url) {
		super(url);
	}

	@Override
	final Optional<Pair> newPair() {
		return MySqlPair.start();
	}

	@Override
	final String product() {
		return "MySQL 5.6";
	}

	@Override
	final String divergence() {
		return "that the leader does not have";
	}

	@Override
	final String grant() {
		return "replication client";
	}

}
