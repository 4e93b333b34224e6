package dev.failover.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.failover.ReadOnlyMode;
import dev.failover.Topology;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Configuration properties for failover.
 * <p>
 * A JavaBean like Boot's own properties: binding records doubled the start time of an
 * application. Setters throw a {@link FailoverConfigurationException} for values out of
 * range. Not thread-safe: bound once, and only read afterwards.
 */
@ConfigurationProperties("failover")
final class FailoverProperties {

	/**
	 * Enable failover. If disabled, the application has Boot's plain data source.
	 */
	private boolean enabled = true;

	/**
	 * Nodes that accept writes. With 'standby' the mirror is read-only until the cluster
	 * manager promotes it, with 'multi-writer' all nodes accept writes.
	 */
	private Topology topology = Topology.STANDBY;

	/**
	 * Route while two servers accept writes and nobody else tells which of them leads.
	 * With 'stay' writes stay where they are, with 'newest' they move to a promoted
	 * server that lacks nothing.
	 */
	private SplitBrain splitBrain = SplitBrain.STAY;

	/**
	 * Number of route changes to keep for the endpoint, from 1 to 10000.
	 */
	private int recentChanges = 50;

	private final Primary primary = new Primary();

	@NestedConfigurationProperty
	private final MirrorProperties mirror = new MirrorProperties();

	/**
	 * Further mirrors by their names, in order of preference, each with the properties of
	 * 'failover.mirror'.
	 */
	private final Map<String, MirrorProperties> mirrors = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final DetectionProperties detection = new DetectionProperties();

	private final Replication replication = new Replication();

	private final Failback failback = new Failback();

	private final ReadOnly readOnly = new ReadOnly();

	private final Reads reads = new Reads();

	private final Switchover switchover = new Switchover();

	private final Drill drill = new Drill();

	private final Doctor doctor = new Doctor();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Topology getTopology() {
		return this.topology;
	}

	public void setTopology(Topology topology) {
		this.topology = topology;
	}

	public SplitBrain getSplitBrain() {
		return this.splitBrain;
	}

	public void setSplitBrain(SplitBrain splitBrain) {
		this.splitBrain = splitBrain;
	}

	public int getRecentChanges() {
		return this.recentChanges;
	}

	public void setRecentChanges(int recentChanges) {
		PropertyRange.of("failover.recent-changes").between(recentChanges, 1, 10_000);
		this.recentChanges = recentChanges;
	}

	public Primary getPrimary() {
		return this.primary;
	}

	public MirrorProperties getMirror() {
		return this.mirror;
	}

	public Map<String, MirrorProperties> getMirrors() {
		return this.mirrors;
	}

	/**
	 * Returns the properties of a mirror.
	 */
	MirrorProperties mirror(ConfiguredNode mirror) {
		return Objects.requireNonNull(findMirror(mirror));
	}

	/**
	 * Returns the properties of a mirror, or null if there are none because its
	 * connection details are a bean.
	 */
	@Nullable MirrorProperties findMirror(ConfiguredNode mirror) {
		return mirror.prefix().equals(ConfiguredNode.MIRROR_PREFIX) ? this.mirror
				: this.mirrors.get(mirror.node().name());
	}

	public DetectionProperties getDetection() {
		return this.detection;
	}

	public Replication getReplication() {
		return this.replication;
	}

	public Failback getFailback() {
		return this.failback;
	}

	public ReadOnly getReadOnly() {
		return this.readOnly;
	}

	public Reads getReads() {
		return this.reads;
	}

	public Switchover getSwitchover() {
		return this.switchover;
	}

	public Drill getDrill() {
		return this.drill;
	}

	public Doctor getDoctor() {
		return this.doctor;
	}

	/**
	 * Routes while two servers accept writes.
	 */
	enum SplitBrain {

		/** Writes stay where they are. */
		STAY,

		/** Writes move to the server that was promoted last. */
		NEWEST

	}

	/**
	 * Settings of the primary beside 'spring.datasource'.
	 */
	static final class Primary {

		/**
		 * URL at which the cluster manager of the primary says whether the primary leads,
		 * by HTTP status 200 or 503, such as 'http://db1:8008/primary' of Patroni.
		 */
		private @Nullable URI witnessUrl;

		public @Nullable URI getWitnessUrl() {
			return this.witnessUrl;
		}

		public void setWitnessUrl(@Nullable URI witnessUrl) {
			this.witnessUrl = witnessUrl;
		}

	}

	/**
	 * Requirements on replication.
	 */
	static final class Replication {

		/**
		 * Largest lag of a mirror that may take work. A mirror with a larger or unknown
		 * lag is not eligible.
		 */
		private Duration maxLag = Duration.ofSeconds(10);

		/**
		 * Refuse a mirror that is not known to replicate the primary.
		 */
		private boolean verify = true;

		public Duration getMaxLag() {
			return this.maxLag;
		}

		public void setMaxLag(Duration maxLag) {
			PropertyRange.of("failover.replication.max-lag").atLeast(maxLag, Duration.ZERO);
			this.maxLag = maxLag;
		}

		public boolean isVerify() {
			return this.verify;
		}

		public void setVerify(boolean verify) {
			this.verify = verify;
		}

	}

	/**
	 * Return of the route to the primary.
	 */
	static final class Failback {

		/**
		 * Return of the route to the primary if all nodes accept writes. With 'automatic'
		 * the route returns when the primary has been stable for long enough, with
		 * 'manual' only an operator moves it.
		 */
		private Mode mode = Mode.AUTOMATIC;

		/**
		 * Shortest time on the mirror before an automatic failback. Doubles each time the
		 * primary is lost again soon after a failback.
		 */
		private Duration minStay = Duration.ofSeconds(30);

		public Mode getMode() {
			return this.mode;
		}

		public void setMode(Mode mode) {
			this.mode = mode;
		}

		public Duration getMinStay() {
			return this.minStay;
		}

		public void setMinStay(Duration minStay) {
			PropertyRange.of("failover.failback.min-stay").atLeast(minStay, Duration.ZERO);
			this.minStay = minStay;
		}

		/**
		 * Modes of failback.
		 */
		enum Mode {

			/** The route returns when the primary has been stable for long enough. */
			AUTOMATIC,

			/** An operator moves the route. */
			MANUAL

		}

	}

	/**
	 * Requests while no node accepts writes.
	 */
	static final class ReadOnly {

		/**
		 * Handling of requests while no node accepts writes. With 'hold', transactions
		 * that are not read-only wait for a writable node within the connection time-out,
		 * and all other requests get connections that can only read. With 'serve' all
		 * requests get such connections. With 'wait', requests of transactions that are
		 * not read-only and those outside of transactions wait. With 'reject', these are
		 * refused at once.
		 */
		private ReadOnlyMode mode = ReadOnlyMode.HOLD;

		/**
		 * Time after the loss of the last writable node for which 'hold' lets
		 * transactions wait. Later ones are refused at once. By default, each waits for
		 * the connection time-out.
		 */
		private @Nullable Duration holdFor;

		public ReadOnlyMode getMode() {
			return this.mode;
		}

		public void setMode(ReadOnlyMode mode) {
			this.mode = mode;
		}

		public @Nullable Duration getHoldFor() {
			return this.holdFor;
		}

		public void setHoldFor(@Nullable Duration holdFor) {
			if (holdFor != null) {
				PropertyRange.of("failover.read-only.hold-for").atLeast(holdFor, Duration.ZERO);
			}
			this.holdFor = holdFor;
		}

	}

	/**
	 * Routing of read-only transactions.
	 */
	static final class Reads {

		/**
		 * Node for read-only transactions. With 'mirror' they go to the mirror while its
		 * lag is small enough.
		 */
		private Target target = Target.PRIMARY;

		/**
		 * Largest lag of a mirror that serves reads beside the primary.
		 */
		private Duration maxLag = Duration.ofSeconds(1);

		public Target getTarget() {
			return this.target;
		}

		public void setTarget(Target target) {
			this.target = target;
		}

		public Duration getMaxLag() {
			return this.maxLag;
		}

		public void setMaxLag(Duration maxLag) {
			PropertyRange.of("failover.reads.max-lag").atLeast(maxLag, Duration.ZERO);
			this.maxLag = maxLag;
		}

		/**
		 * Targets of read-only transactions.
		 */
		enum Target {

			/** The node that takes writes. */
			PRIMARY,

			/** The mirror, while its lag is small enough. */
			MIRROR

		}

	}

	/**
	 * Moves of the route by an operator.
	 */
	static final class Switchover {

		/**
		 * Longest time that a switchover waits for work in flight to end.
		 */
		private Duration drainTimeout = Duration.ofSeconds(5);

		public Duration getDrainTimeout() {
			return this.drainTimeout;
		}

		public void setDrainTimeout(Duration drainTimeout) {
			PropertyRange.of("failover.switchover.drain-timeout").atLeast(drainTimeout, Duration.ZERO);
			this.drainTimeout = drainTimeout;
		}

	}

	/**
	 * Rehearsals of the loss of a node.
	 */
	static final class Drill {

		/**
		 * Enable drills, which operators start.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Checks for problems that would make an outage worse.
	 */
	static final class Doctor {

		/**
		 * Enable regular checks for problems that would make an outage worse, such as
		 * time-outs, grants, credentials and pool sizes.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
