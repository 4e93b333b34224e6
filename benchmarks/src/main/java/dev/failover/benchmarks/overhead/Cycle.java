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
 * What is measured in one JVM: each iteration is the next one's turn, of several
 * contenders and operations. JMH extends it and so wants it public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Cycle {

	/** Between the names of contenders. */
	static final String SEPARATOR = ";";

	/** Calls between two looks at the clock and at whose turn it is. */
	static final int BATCH = 20;

	@Param(BareHikari.NAME)
	public String names = BareHikari.NAME;

	private final List<Contender> contenders = new ArrayList<>();

	private final List<Turn> entrants = new ArrayList<>();

	private int iteration;

	@SuppressWarnings("NullAway.Init")
	private Turn turn;

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext application;

	/**
	 * Every contender is measured in a JVM that runs an application, as ours is in its
	 * own: what the JVM has loaded and compiled before costs some nanoseconds by itself.
	 */
	@Setup
	public void open() throws Exception {
		this.application = StubApplication.start(List.of());
		for (String name : this.names.split(SEPARATOR)) {
			Contender contender = Contenders.named(name);
			this.contenders.add(contender);
			DataSource dataSource = contender.open();
			CallLoop loop = CallLoopCopy.another();
			for (Operation operation : Operation.values()) {
				this.entrants.add(new Turn(operation, loop, dataSource));
			}
		}
	}

	@Setup(Level.Iteration)
	public void next() {
		this.turn = this.entrants.get(new Turns(this.entrants.size()).at(this.iteration));
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
		this.turn.call(BATCH, hole);
	}

}
