package dev.failover.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.failover.routing.ReadOnlyMode;
import dev.failover.topology.TopologyKind;

/**
 * Configuration of the failover data source.
 * <p>
 * The binder gives null for a group none of whose properties is set. It could make the
 * group itself, but converts each default from text, which took it longer than most of
 * what the starter does at a start.
 *
 * @param enabled whether the data source fails over; if not, the application has Boot's
 * plain data source
 * @param topology how the nodes share writes: 'standby' if the mirror is read-only until
 * the database's own manager promotes it, 'multi-writer' if both accept writes
 * @param mirror the mirror of the primary database that 'spring.datasource' names
 * @param detection how the loss of a node is detected
 * @param replication what is asked of replication
 * @param failback how the route returns to the primary
 * @param readOnly what happens while no node takes writes
 * @param reads where work that only reads goes
 * @param switchover how an operator moves the route
 * @param drill rehearsals of the loss of a node
 * @param doctor what is looked for before an outage
 * @param historySize number of route changes that are kept for the endpoint
 */
@ConfigurationProperties("failover")
public record FailoverProperties(@DefaultValue("true") boolean enabled, @DefaultValue("standby") TopologyKind topology,
		Mirror mirror, Detection detection, Replication replication, Failback failback, ReadOnly readOnly, Reads reads,
		Switchover switchover, Drill drill, Doctor doctor, @DefaultValue("50") int historySize) {

	public FailoverProperties {
		mirror = (mirror != null) ? mirror : Mirror.defaults();
		detection = (detection != null) ? detection : Detection.defaults();
		replication = (replication != null) ? replication : Replication.defaults();
		failback = (failback != null) ? failback : Failback.defaults();
		readOnly = (readOnly != null) ? readOnly : ReadOnly.defaults();
		reads = (reads != null) ? reads : Reads.defaults();
		switchover = (switchover != null) ? switchover : Switchover.defaults();
		drill = (drill != null) ? drill : Drill.defaults();
		doctor = (doctor != null) ? doctor : Doctor.defaults();
		Range.of("failover.history-size").between(historySize, 1, 10_000);
	}

	/**
	 * The mirror. What is not set is the primary's.
	 *
	 * @param url JDBC URL of the mirror; its presence turns failover on
	 * @param username login username of the mirror; the primary's if not set
	 * @param password login password of the mirror; the primary's if not set
	 * @param driverClassName fully qualified name of the JDBC driver for the mirror; the
	 * primary's if not set
	 * @param hikari settings of the mirror's pool, by the names of
	 * 'spring.datasource.hikari' and on top of those
	 */
	public record Mirror(@Nullable String url, @Nullable String username, @Nullable String password,
			@Nullable String driverClassName, @DefaultValue Map<String, String> hikari) {

		static Mirror defaults() {
			return new Mirror(null, null, null, null, Map.of());
		}

		@Override
		public String toString() {
			return "Mirror[******]";
		}

	}

	/**
	 * Detection.
	 *
	 * @param interval period of probes, from 10 milliseconds
	 * @param timeout hard deadline of one probe, from 10 milliseconds; it covers
	 * connecting, login and query
	 * @param failureThreshold failed probes in a row that open a node's breaker, from 1
	 * to 100
	 * @param retryInterval pause before a probe that follows a failure or a suspicion,
	 * from 1 millisecond
	 * @param recoveryThreshold good probes in a row that close a node's breaker, from 1
	 * to 100
	 * @param abortGrace how long work in flight on a node that the route has left may go
	 * on before its connections are aborted; 0 frees threads at once, a longer one spares
	 * transactions when a silent server wakes up again
	 * @param query query asked in each probe in addition to the role query of the dialect
	 */
	public record Detection(@DefaultValue("500ms") Duration interval, @DefaultValue("1s") Duration timeout,
			@DefaultValue("2") int failureThreshold, @DefaultValue("20ms") Duration retryInterval,
			@DefaultValue("5") int recoveryThreshold, @DefaultValue("0s") Duration abortGrace, @Nullable String query) {

		public Detection {
			Range.of("failover.detection.interval").atLeast(interval, Duration.ofMillis(10));
			Range.of("failover.detection.timeout").atLeast(timeout, Duration.ofMillis(10));
			Range.of("failover.detection.failure-threshold").between(failureThreshold, 1, 100);
			Range.of("failover.detection.retry-interval").atLeast(retryInterval, Duration.ofMillis(1));
			Range.of("failover.detection.recovery-threshold").between(recoveryThreshold, 1, 100);
			Range.of("failover.detection.abort-grace").atLeast(abortGrace, Duration.ZERO);
		}

		static Detection defaults() {
			return new Detection(Duration.ofMillis(500), Duration.ofSeconds(1), 2, Duration.ofMillis(20), 5,
					Duration.ZERO, null);
		}

	}

	/**
	 * Replication.
	 *
	 * @param maxLag a mirror whose data is older than this, or of unknown age, takes no
	 * work
	 * @param verify whether to refuse a mirror that is not known to replicate this
	 * primary
	 */
	public record Replication(@DefaultValue("10s") Duration maxLag, @DefaultValue("true") boolean verify) {

		public Replication {
			Range.of("failover.replication.max-lag").atLeast(maxLag, Duration.ZERO);
		}

		static Replication defaults() {
			return new Replication(Duration.ofSeconds(10), true);
		}

	}

	/**
	 * Failback.
	 *
	 * @param mode whether the route returns to the primary by itself where both nodes
	 * accept writes
	 * @param minStay least time on the mirror before the route returns to the primary by
	 * itself; doubled each time that the primary is lost again soon afterwards
	 */
	public record Failback(@DefaultValue("automatic") FailbackMode mode, @DefaultValue("30s") Duration minStay) {

		public Failback {
			Range.of("failover.failback.min-stay").atLeast(minStay, Duration.ZERO);
		}

		static Failback defaults() {
			return new Failback(FailbackMode.AUTOMATIC, Duration.ofSeconds(30));
		}

	}

	/**
	 * What happens while no node takes writes.
	 *
	 * @param mode 'serve' hands out connections that can only read; 'wait' makes requests
	 * that are not read-only transactions wait for a writable node, within the connection
	 * time-out; 'reject' refuses them at once
	 */
	public record ReadOnly(@DefaultValue("serve") ReadOnlyMode mode) {

		static ReadOnly defaults() {
			return new ReadOnly(ReadOnlyMode.SERVE);
		}

	}

	/**
	 * Where work that only reads goes.
	 *
	 * @param target 'primary', or 'mirror' to send read-only transactions to the mirror
	 * while it is fit for them
	 * @param maxLag a mirror whose lag is larger serves no reads beside the primary
	 */
	public record Reads(@DefaultValue("primary") ReadsTarget target, @DefaultValue("1s") Duration maxLag) {

		public Reads {
			Range.of("failover.reads.max-lag").atLeast(maxLag, Duration.ZERO);
		}

		static Reads defaults() {
			return new Reads(ReadsTarget.PRIMARY, Duration.ofSeconds(1));
		}

	}

	/**
	 * Where work that only reads goes.
	 */
	public enum ReadsTarget {

		/** Where writes go. */
		PRIMARY,

		/** To the mirror while it is fit for them. */
		MIRROR

	}

	/**
	 * How an operator moves the route.
	 *
	 * @param drainTimeout how long work in flight may go on before the route is moved
	 */
	public record Switchover(@DefaultValue("5s") Duration drainTimeout) {

		public Switchover {
			Range.of("failover.switchover.drain-timeout").atLeast(drainTimeout, Duration.ZERO);
		}

		static Switchover defaults() {
			return new Switchover(Duration.ofSeconds(5));
		}

	}

	/**
	 * Rehearsals of the loss of a node.
	 *
	 * @param enabled whether an operator may start a drill
	 */
	public record Drill(@DefaultValue("false") boolean enabled) {

		static Drill defaults() {
			return new Drill(false);
		}

	}

	/**
	 * What is looked for before an outage.
	 *
	 * @param enabled whether to look, now and then, for what would hurt in an outage:
	 * time-outs, grants, credentials, sizes
	 */
	public record Doctor(@DefaultValue("true") boolean enabled) {

		static Doctor defaults() {
			return new Doctor(true);
		}

	}

	/**
	 * Whether the route returns by itself.
	 */
	public enum FailbackMode {

		/** It returns when the primary has proven itself. */
		AUTOMATIC,

		/** An operator moves it. */
		MANUAL

	}

}
