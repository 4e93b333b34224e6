package dev.failover.benchmarks.overhead;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.failover.benchmarks.stub.StubApplication;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The benchmark of one JVM. Each iteration measures one operation through one contender,
 * in the order of a {@link Schedule}. Public, because JMH extends it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

	/** Separates the names of contenders. */
	static final String SEPARATOR = ";";

	/** Calls between two readings of the clock. */
	static final int BATCH = 20;

	@Param(Contenders.HIKARI)
	public String names = Contenders.HIKARI;

	private final List<Contender> contenders = new ArrayList<>();

	private final List<Target> targets = new ArrayList<>();

	private int iteration;

	@SuppressWarnings("NullAway.Init")
	private Target target;

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext application;

	/**
	 * Opens all contenders beside a running application. The starter runs in one, and the
	 * classes and the compiled code of an application cost each contender some
	 * nanoseconds.
	 */
	@Setup
	public void open() throws Exception {
		this.application = StubApplication.start(List.of());
		for (String name : this.names.split(SEPARATOR)) {
			Contender contender = Contenders.named(name);
			this.contenders.add(contender);
			DataSource dataSource = contender.open();
			CallLoop loop = CallLoop.create();
			for (Operation operation : Operation.values()) {
				this.targets.add(new Target(operation, loop, dataSource));
			}
		}
	}

	@Setup(Level.Iteration)
	public void next() {
		this.target = this.targets.get(new Schedule(this.targets.size()).at(this.iteration));
		this.iteration++;
	}

	@TearDown
	public void close() {
		this.contenders.forEach(Contender::close);
		this.application.close();
	}

	@Benchmark
	@OperationsPerInvocation(BATCH)
	public void call(Blackhole hole) throws SQLException {
		this.target.call(BATCH, hole);
	}

	/**
	 * An operation through a contender.
	 */
	private record Target(Operation operation, CallLoop loop, DataSource dataSource) {

		void call(int times, Blackhole hole) throws SQLException {
			if (this.operation == Operation.CONNECTION) {
				this.loop.connections(this.dataSource, times, hole);
			}
			else {
				this.loop.statements(this.dataSource, times, hole);
			}
		}

	}

}
