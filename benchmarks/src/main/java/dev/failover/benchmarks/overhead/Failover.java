package dev.failover.benchmarks.overhead;

import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.failover.benchmarks.stub.StubApplication;
import dev.failover.internal.routing.FailoverDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * This starter, built by its own auto-configuration in a real application.
 */
final class Failover extends NamedContender {

	static final String NAME = "Failover";

	private final List<String> properties;

	private @Nullable ConfigurableApplicationContext context;

	Failover(String name, String... properties) {
		super(name, FailoverDataSource.class);
		this.properties = Stream.concat(Stream.of(StubApplication.MIRROR), Stream.of(properties)).toList();
	}

	@Override
	public DataSource open() throws InterruptedException {
		ConfigurableApplicationContext started = StubApplication.start(this.properties);
		this.context = started;
		StubReadiness.await(started);
		return started.getBean(DataSource.class);
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
