package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.failover.ReadOnlyMode;
import dev.failover.Topology;
import dev.failover.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Settings and collaborators of the {@link Doctor}.
 *
 * @param nodes configuration of the nodes, in order of preference
 * @param inspector inspects nodes
 * @param dialect dialect of the nodes
 * @param probeTimeout deadline of one probe
 * @param work treatment of the application's work
 * @param schedule times of the rounds
 */
public record DoctorSettings(List<NodeSettings> nodes, NodeInspector inspector, Dialect dialect, Duration probeTimeout,
		Work work, Schedule schedule) {

	public DoctorSettings {
		nodes = List.copyOf(nodes);
	}

	/**
	 * Returns the checks of each round.
	 */
	List<Check> checks() {
		return List.of(new LoginCheck(this.dialect), new SameServerCheck(), new DriverUrlCheck(), new GrantsCheck(),
				new RefusedPartsCheck(), new NoHistoryCheck(), new SeveralWritersCheck(this.work),
				new AsynchronousReplicationCheck(this.dialect), new SchemaCheck(), new PoolSizeCheck(),
				new ConnectionLimitCheck(), new PoolTimeoutCheck(), new ConnectTimeoutCheck(), new SocketTimeoutCheck(),
				new CancelTimeoutCheck(), new LoginTimeCheck(this.probeTimeout), new HoldLimitCheck(this.work),
				new SerializableReadsCheck(this.work), new BatchStateCheck(this.work), new DnsCacheCheck());
	}

	/**
	 * Treatment of the application's work.
	 *
	 * @param topology distribution of writes over the nodes
	 * @param readOnlyMode treatment of requests while no node accepts writes
	 * @param holdFor time after a loss for which transactions wait; null for no limit
	 * @param serializable whether connections are serializable
	 * @param serializableReads provides the names of read-only transactions that are
	 * @param batch tells whether there are jobs of Spring Batch, whose state is in a
	 * database
	 */
	public record Work(Topology topology, ReadOnlyMode readOnlyMode, @Nullable Duration holdFor, boolean serializable,
			Supplier<List<String>> serializableReads, BooleanSupplier batch) {

	}

	/**
	 * Times of the rounds.
	 *
	 * @param settle pause before a round that follows the start or a change of a node's
	 * state
	 * @param followUp pause between such a round and the next
	 * @param period pause between all other rounds
	 */
	public record Schedule(Duration settle, Duration followUp, Duration period) {

		/**
		 * Returns the default schedule.
		 * @param detectionBudget longest time from the loss of a node to the new route;
		 * within twice that time each node has answered more than once
		 */
		public static Schedule of(Duration detectionBudget) {
			return new Schedule(detectionBudget.multipliedBy(2), Duration.ofMinutes(1), Duration.ofMinutes(10));
		}

	}

}
