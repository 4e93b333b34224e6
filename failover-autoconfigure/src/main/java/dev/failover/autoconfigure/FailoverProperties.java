package dev.failover.autoconfigure;

import dev.failover.Topology;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Configuration of the failover data source.
 * <p>
 * A JavaBean, as Boot's own, rather than a record: to bind a record took the start of an
 * application twice as long, even when only its default values were needed. Setters
 * refuse values out of range with a {@link FailoverConfigurationException}. Not
 * thread-safe: bound once, and only read afterwards.
 */
@ConfigurationProperties("failover")
public final class FailoverProperties {

	/**
	 * Whether the data source fails over; if not, the application has Boot's plain data
	 * source.
	 */
	private boolean enabled = true;

	/**
	 * How the nodes share writes: 'standby' if the mirror is read-only until the
	 * database's own manager promotes it, 'multi-writer' if both accept writes.
	 */
	private Topology topology = Topology.STANDBY;

	/**
	 * Number of route changes that are kept for the endpoint, from 1 to 10000.
	 */
	private int recentChanges = 50;

	@NestedConfigurationProperty
	private final MirrorProperties mirror = new MirrorProperties();

	@NestedConfigurationProperty
	private final DetectionProperties detection = new DetectionProperties();

	@NestedConfigurationProperty
	private final ReplicationProperties replication = new ReplicationProperties();

	@NestedConfigurationProperty
	private final FailbackProperties failback = new FailbackProperties();

	@NestedConfigurationProperty
	private final ReadOnlyProperties readOnly = new ReadOnlyProperties();

	@NestedConfigurationProperty
	private final ReadsProperties reads = new ReadsProperties();

	@NestedConfigurationProperty
	private final SwitchoverProperties switchover = new SwitchoverProperties();

	@NestedConfigurationProperty
	private final DrillProperties drill = new DrillProperties();

	@NestedConfigurationProperty
	private final DoctorProperties doctor = new DoctorProperties();

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

	public int getRecentChanges() {
		return this.recentChanges;
	}

	public void setRecentChanges(int recentChanges) {
		PropertyRange.of("failover.recent-changes").between(recentChanges, 1, 10_000);
		this.recentChanges = recentChanges;
	}

	public MirrorProperties getMirror() {
		return this.mirror;
	}

	public DetectionProperties getDetection() {
		return this.detection;
	}

	public ReplicationProperties getReplication() {
		return this.replication;
	}

	public FailbackProperties getFailback() {
		return this.failback;
	}

	public ReadOnlyProperties getReadOnly() {
		return this.readOnly;
	}

	public ReadsProperties getReads() {
		return this.reads;
	}

	public SwitchoverProperties getSwitchover() {
		return this.switchover;
	}

	public DrillProperties getDrill() {
		return this.drill;
	}

	public DoctorProperties getDoctor() {
		return this.doctor;
	}

}
