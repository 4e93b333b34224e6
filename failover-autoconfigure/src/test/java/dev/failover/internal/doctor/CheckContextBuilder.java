package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.failover.FailoverState;
import dev.failover.FailoverStateFixture;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.ReadOnlyMode;
import dev.failover.Topology;
import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.internal.doctor.MigrationHistory.Migration;
import dev.failover.stub.StubDialect;
import org.jspecify.annotations.Nullable;

/**
 * Builder for a {@link CheckContext}. Starts with two nodes without problems.
 */
final class CheckContextBuilder {

	static final Node PRIMARY = FailoverStateFixture.PRIMARY;

	static final Node MIRROR = FailoverStateFixture.MIRROR;

	static final Dialect POSTGRES = new PostgresDialect();

	/** What a server tells whose replication can be read in full. */
	static final ReplicationReading REPLICATION = new ReplicationReading(false, null, List.of());

	private final Map<Node, NodeSettings> settings = new HashMap<>();

	private final Map<Node, NodeInspection> inspections = new HashMap<>();

	private final Map<Node, NodeInspection> earlier = new HashMap<>();

	private FailoverState state = FailoverStateFixture.normal();

	private DnsCache dnsCache = new DnsCache(false, false);

	private List<Finding> previous = List.of();

	CheckContextBuilder() {
		for (Node node : List.of(PRIMARY, MIRROR)) {
			configured(node, 10, Duration.ofSeconds(30), JdbcDriverSettings.Timeouts.UNSET);
			ServerFacts server = new ServerFacts(List.of(), 97);
			inspected(node, server, history("1"));
			inspected(node, server, history("1"));
		}
	}

	static MigrationHistory history(String version) {
		return new MigrationHistory(List.of(new Migration(Integer.parseInt(version), version, "17", true)));
	}

	static NodeInspection inspection(Node node, ServerFacts server, @Nullable MigrationHistory history) {
		return new NodeInspection(server, new Reading(Role.WRITABLE, node.name(), null), REPLICATION, history,
				Set.of(new InetSocketAddress("127.0.0.1", node.name().length())), Duration.ofMillis(10));
	}

	CheckContextBuilder configured(Node node, int poolSize, Duration connectionTimeout,
			JdbcDriverSettings.Timeouts timeouts) {
		return servers(new NodeSettings(node, node.equals(PRIMARY) ? "spring.datasource" : "failover.mirror", poolSize,
				connectionTimeout, timeouts, List.of(), List.of()), "127.0.0.1");
	}

	CheckContextBuilder pool(Node node, int size) {
		return configured(node, size, Duration.ofSeconds(30), JdbcDriverSettings.Timeouts.UNSET);
	}

	CheckContextBuilder timeouts(Node node, JdbcDriverSettings.Timeouts timeouts) {
		return configured(node, 10, Duration.ofSeconds(30), timeouts);
	}

	CheckContextBuilder servers(String... hosts) {
		this.settings.values().stream().toList().forEach((node) -> servers(node, hosts));
		return this;
	}

	private CheckContextBuilder servers(NodeSettings node, String... hosts) {
		List<InetSocketAddress> servers = Arrays.stream(hosts)
			.map((host) -> InetSocketAddress.createUnresolved(host, 5432))
			.toList();
		this.settings.put(node.node(), new NodeSettings(node.node(), node.prefix(), node.poolSize(),
				node.connectionTimeout(), node.timeouts(), servers, node.remarks()));
		return this;
	}

	CheckContextBuilder remarks(Node node, JdbcDriverSettings.Remark... remarks) {
		NodeSettings plain = Objects.requireNonNull(this.settings.get(node));
		this.settings.put(node, new NodeSettings(node, plain.prefix(), plain.poolSize(), plain.connectionTimeout(),
				plain.timeouts(), plain.servers(), List.of(remarks)));
		return this;
	}

	/**
	 * Adds an inspection; the previous one of the node becomes the earlier inspection.
	 */
	CheckContextBuilder inspected(Node node, ServerFacts server, @Nullable MigrationHistory history) {
		return inspected(node, inspection(node, server, history));
	}

	CheckContextBuilder inspected(Node node, NodeInspection found) {
		NodeInspection before = this.inspections.put(node, found);
		if (before != null) {
			this.earlier.put(node, before);
		}
		return this;
	}

	CheckContextBuilder uninspected(Node node) {
		this.inspections.remove(node);
		this.earlier.remove(node);
		return this;
	}

	CheckContextBuilder state(FailoverState state) {
		this.state = state;
		return this;
	}

	CheckContextBuilder nodes(NodeStatus... nodes) {
		return state(FailoverStateFixture.state(this.state.route(), List.of(), List.of(nodes), List.of()));
	}

	CheckContextBuilder dnsCache(DnsCache cache) {
		this.dnsCache = cache;
		return this;
	}

	CheckContextBuilder previous(Finding... found) {
		this.previous = List.of(found);
		return this;
	}

	List<Finding> findingsOf(Check check) {
		return check.check(
				new CheckContext(settings(), this.state, this.dnsCache, this.inspections, this.earlier, this.previous));
	}

	/**
	 * Returns the only finding of a check.
	 */
	Finding findingOf(Check check) {
		List<Finding> found = findingsOf(check);
		if (found.size() != 1) {
			throw new AssertionError("Expected one finding but found " + found);
		}
		return found.get(0);
	}

	List<NodeSettings> settings() {
		return List.of(this.settings.get(PRIMARY), this.settings.get(MIRROR));
	}

	/**
	 * Returns settings of a doctor that inspects no node.
	 */
	DoctorSettings doctorSettings(DoctorSettings.Schedule schedule) {
		NodeInspector inspector = new NodeInspector(Map.of(), POSTGRES, new MigrationHistoryTable(null, "none"),
				Duration.ofDays(1), System::nanoTime);
		return new DoctorSettings(settings(), inspector, new StubDialect(), Duration.ofSeconds(1),
				new DoctorSettings.Work(Topology.STANDBY, ReadOnlyMode.SERVE, null, false, List::of, () -> false),
				schedule);
	}

}
