package dev.failover.actuator;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.failover.DrillReport;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Bodies of the endpoint's answers to operations other than {@link FailoverDescriptor}.
 */
interface OperationAnswer extends OperationResponseBody {

	/**
	 * Result of a drill.
	 */
	@JsonInclude(Include.ALWAYS)
	record DrillDescriptor(String node, String fault, Duration duration, @Nullable Duration timeToDetect,
			@Nullable Duration timeToSwitch, long callsFailed, long callsHeld,
			int routeChanges) implements OperationAnswer {

		static DrillDescriptor of(DrillReport report) {
			return new DrillDescriptor(report.node().name(), report.fault().label(), report.duration(),
					report.timeToDetect(), report.timeToSwitch(), report.callsFailed(), report.callsHeld(),
					report.routeChanges());
		}

	}

	/**
	 * Reason for which a request was not carried out.
	 */
	record ProblemDescriptor(String title, int status, String detail) implements OperationAnswer {
	}

}
