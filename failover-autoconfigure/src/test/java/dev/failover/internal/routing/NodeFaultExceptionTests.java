package dev.failover.internal.routing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.failover.Cause;
import dev.failover.ErrorClass;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.internal.routing.NodeFaultException.Fault;
import dev.failover.internal.routing.NodeFaultException.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link NodeFaultException}: what an error says of the node and of the work.
 */
final class NodeFaultExceptionTests {

	private final AtomicInteger unknownOutcomes = new AtomicInteger();

	private final ProbedRole role = new ProbedRole();

	private Route route = route(PRIMARY, Mode.NORMAL, 3);

	@Test
	void saysWhichNodeFailedInWhichCallAndWithWhichState() {
		NodeFaultException fault = fault(true, "execute");
		assertThat(fault.getMessage()).isEqualTo("On node 'primary', in execute()");
		assertThat(fault.node()).isEqualTo(PRIMARY);
		assertThat(fault.errorClass()).isEqualTo(ErrorClass.READ_ONLY);
		assertThat(fault.getSQLState()).isEqualTo("25006");
		assertThat(fault.route()).isSameAs(this.route);
		assertThat(fault.getStackTrace()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "commit, true", "execute, false", ", false" })
	void onlyAnErrorOfACommitIsOne(String call, boolean commit) {
		assertThat(fault(true, call).isInCommit()).isEqualTo(commit);
	}

	/**
	 * The role counts only for the node to which the route wrote, and writes still.
	 */
	@ParameterizedTest
	@CsvSource({ "true, primary, WRITABLE, false", "true, primary, READ_ONLY, true", "true, mirror, WRITABLE, true",
			"false, primary, WRITABLE, true" })
	void aNodeIsReadOnlyUnlessItIsTheOneForWritesAndIsWritable(boolean wrote, String writes, Role probed,
			boolean readOnly) {
		NodeFaultException fault = fault(wrote, "execute");
		this.route = route(new Node(writes), Mode.NORMAL, 4);
		this.role.probed(probed, System.nanoTime());
		assertThat(fault.isNodeReadOnly()).isEqualTo(readOnly);
	}

	@Test
	void anUnknownOutcomeIsToldOnce() {
		NodeFaultException fault = fault(true, "commit");
		assertThat(this.unknownOutcomes).hasValue(0);
		fault.tellOutcomeUnknown();
		fault.tellOutcomeUnknown();
		assertThat(this.unknownOutcomes).hasValue(1);
	}

	@Test
	void isFoundAlongTheCausesAndNextExceptionsOfAnError() {
		NodeFaultException fault = fault(true, "commit");
		SQLException marked = new SQLException("lost");
		marked.addSuppressed(new IllegalStateException("something else"));
		marked.addSuppressed(fault);
		SQLException batch = new SQLException("a batch failed");
		batch.setNextException(marked);
		assertThat(NodeFaultException.in(new IllegalStateException(batch))).containsSame(fault);
		assertThat(NodeFaultException.in(new SQLException("lost"))).isEmpty();
	}

	@Test
	void inAnotherProcessItKeepsItsTextAndIsNotTakenForOneOfThatProcess() throws Exception {
		SQLException marked = new SQLException("lost", "25006");
		marked.addSuppressed(fault(true, "commit"));
		SQLException copy = serialized(marked);
		assertThat(NodeFaultException.in(copy)).isEmpty();
		NodeFaultException fault = (NodeFaultException) copy.getSuppressed()[0];
		assertThat(fault.getMessage()).isEqualTo("On node 'primary', in commit()");
		assertThat(fault.isInCommit()).isTrue();
		assertThat(fault.node()).isEqualTo(PRIMARY);
		assertThatIllegalStateException().isThrownBy(fault::route).withMessageContaining("another JVM");
	}

	private static SQLException serialized(SQLException error) throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(error);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			return (SQLException) in.readObject();
		}
	}

	private NodeFaultException fault(boolean wrote, String call) {
		TrafficListener listener = new TrafficListener() {

			@Override
			public void suspected() {
				throw new IllegalStateException("Not expected");
			}

			@Override
			public void outcomeUnknown() {
				NodeFaultExceptionTests.this.unknownOutcomes.incrementAndGet();
			}

		};
		return new NodeFaultException(new Fault(PRIMARY, ErrorClass.READ_ONLY, call, false, null),
				new Origin(() -> this.route, this.role, wrote, System.nanoTime(), listener),
				new SQLException("an error", "25006"));
	}

	private static Route route(Node writes, Mode mode, long epoch) {
		return new Route(writes, List.of(MIRROR), mode, epoch, Instant.EPOCH, Cause.STARTUP);
	}

}
