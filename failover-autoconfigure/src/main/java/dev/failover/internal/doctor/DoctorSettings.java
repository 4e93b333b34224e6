package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.dialect.Dialect;

/**
 * What the doctor works with.
 *
 * @param nodes how the nodes are configured, in order of preference
 * @param visits visits nodes
 * @param dialect what the nodes call things
 * @param probeTimeout deadline of one probe
 * @param rounds when to look
 */
public record DoctorSettings(List<NodeSettings> nodes, NodeInspector visits, Dialect dialect, Duration probeTimeout,
		Rounds rounds) {

	public DoctorSettings {
		nodes = List.copyOf(nodes);
	}

	/**
	 * What is looked for.
	 */
	List<Check> checks() {
		return List.of(new LoginCheck(this.dialect), new SameServerCheck(), new GrantsCheck(),
				new AsynchronousReplicationCheck(this.dialect), new SchemaCheck(), new PoolSizeCheck(),
				new ConnectionLimitCheck(), new PoolTimeoutCheck(), new ConnectTimeoutCheck(), new SocketTimeoutCheck(),
				new LoginTimeCheck(this.probeTimeout), new DnsCacheCheck());
	}

}
