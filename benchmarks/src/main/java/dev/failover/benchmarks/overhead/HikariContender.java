package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.stub.StubNode;
import dev.failover.benchmarks.stub.StubPools;

/**
 * A contender that stands on HikariCP pools.
 */
public abstract class HikariContender extends NamedContender {

	private final List<HikariDataSource> pools = new ArrayList<>();

	protected HikariContender(String name, Class<?> library) {
		super(name, library);
	}

	/**
	 * A pool on a node, closed with the contender.
	 */
	protected final DataSource pool(StubNode node) {
		HikariDataSource pool = StubPools.open(node);
		this.pools.add(pool);
		return pool;
	}

	@Override
	public void close() {
		this.pools.forEach(HikariDataSource::close);
	}

}
