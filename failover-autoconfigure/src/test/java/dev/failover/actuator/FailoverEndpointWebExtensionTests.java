package dev.failover.actuator;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.failover.DrillFault;
import dev.failover.DrillReport;
import dev.failover.Failover;
import dev.failover.FailoverStateFixture;
import dev.failover.OperationRefusedException;
import dev.failover.PoolStats;
import dev.failover.RouteChange;
import dev.failover.actuator.OperationAnswer.DrillDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static dev.failover.FailoverStateFixture.MIRROR;
import static dev.failover.FailoverStateFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FailoverEndpointWebExtension}.
 */
class FailoverEndpointWebExtensionTests {

	private final Failover failover = mock(Failover.class);

	private final List<AuditEvent> audits = new ArrayList<>();

	private final SecurityContext security = mock(SecurityContext.class);

	private final FailoverEndpointWebExtension extension = new FailoverEndpointWebExtension(
			new FailoverEndpoint(this.failover, List::of), this.failover,
			(event) -> this.audits.add(((AuditApplicationEvent) event).getAuditEvent()));

	@BeforeEach
	void stubFailover() {
		Principal alice = () -> "alice\u0007";
		given(this.security.getPrincipal()).willReturn(alice);
		given(this.failover.state()).willReturn(FailoverStateFixture.normal());
		given(this.failover.pool(PRIMARY)).willReturn(new PoolStats(0, 0, 0, 10, 0));
		given(this.failover.pool(MIRROR)).willReturn(new PoolStats(0, 0, 0, 10, 0));
	}

	@Test
	void aSwitchoverIsAnsweredWithTheStateAndAudited() throws Exception {
		RouteChange change = FailoverStateFixture.normal().changes().get(0);
		given(this.failover.switchover(MIRROR, true, "alice?")).willReturn(CompletableFuture.completedFuture(change));
		WebEndpointResponse<Object> answer = this.extension.operate(this.security, "switchover", "mirror", "true", null,
				null);
		assertThat(answer.getStatus()).isEqualTo(200);
		assertThat(answer.getBody()).isInstanceOf(FailoverDescriptor.class);
		assertThat(this.audits).extracting(AuditEvent::getPrincipal).containsExactly("alice\u0007", "alice\u0007");
		assertThat(this.audits).extracting(AuditEvent::getType).containsOnly("FAILOVER_OPERATION");
		assertThat(this.audits.get(1).getData()).containsExactlyEntriesOf(
				data("action", "switchover", "target", "mirror", "force", true, "outcome", "done"));
		assertThat(outcomes()).containsExactly("begun", "done");
	}

	@Test
	void aDrillIsAnsweredWithItsReportAndAuditedWithFaultAndDuration() throws Exception {
		DrillReport report = new DrillReport(PRIMARY, DrillFault.READ_ONLY, Duration.ofSeconds(10),
				Duration.ofMillis(40), null, 1, 2, 1);
		given(this.failover.drill(DrillFault.READ_ONLY, Duration.ofSeconds(10), "alice?"))
			.willReturn(CompletableFuture.completedFuture(report));
		WebEndpointResponse<Object> answer = this.extension.operate(this.security, "drill", null, null, "read-only",
				"10s");
		assertThat(answer.getBody()).isEqualTo(new DrillDescriptor("primary", "read-only", Duration.ofSeconds(10),
				Duration.ofMillis(40), null, 1, 2, 1));
		assertThat(this.audits.get(0).getData()).containsExactlyEntriesOf(
				data("action", "drill", "fault", "read-only", "duration", "10s", "force", false, "outcome", "begun"));
	}

	@Test
	void aRefusalIsAnsweredWith409AndAudited() throws Exception {
		given(this.failover.failback("alice?"))
			.willReturn(CompletableFuture.failedFuture(new OperationRefusedException("not now")));
		given(this.failover.drill(DrillFault.REFUSE, Duration.ofMinutes(10), "alice?"))
			.willThrow(new OperationRefusedException("too long"));
		assertThat(operate("failback", null, null).getStatus()).isEqualTo(409);
		assertThat(operate("drill", "refuse", "10m").getStatus()).isEqualTo(409);
		assertThat(outcomes()).containsExactly("begun", "refused: not now", "begun", "refused: too long");
	}

	@Test
	void aFailureIsAudited() {
		given(this.failover.pause("alice?"))
			.willReturn(CompletableFuture.failedFuture(new IllegalArgumentException("broken")));
		assertThatIllegalStateException().isThrownBy(() -> operate("pause", null, null)).withMessageContaining("pause");
		assertThat(outcomes()).containsExactly("begun", "failed: java.lang.IllegalArgumentException: broken");
	}

	@Test
	void anOperationThatCannotBeginIsAuditedAsFailed() {
		given(this.failover.resume("alice?")).willThrow(new IllegalStateException("Failover is not running"));
		assertThatIllegalStateException().isThrownBy(() -> operate("resume", null, null))
			.withMessageContaining("resume")
			.havingCause()
			.withMessage("Failover is not running");
		assertThat(outcomes()).containsExactly("begun",
				"failed: java.lang.IllegalStateException: Failover is not running");
	}

	@Test
	void theEndOfAnOperationIsAuditedAlsoIfItsCallerIsInterrupted() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		CompletableFuture<Void> refused = new CompletableFuture<>();
		given(this.failover.pause("alice?")).willReturn(done);
		given(this.failover.resume("alice?")).willReturn(refused);
		for (String action : List.of("pause", "resume")) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> operate(action, null, null));
		}
		assertThat(outcomes()).containsExactly("begun", "begun");
		done.complete(null);
		refused.completeExceptionally(new OperationRefusedException("not now"));
		assertThat(outcomes()).containsExactly("begun", "begun", "done", "refused: not now");
	}

	@Test
	void aMalformedRequestIsAuditedWithoutControlCharacters() throws Exception {
		assertThat(operate("ex\u001bplode\u2028", null, null).getStatus()).isEqualTo(400);
		assertThat(this.audits).singleElement().satisfies((event) -> {
			assertThat(event.getData()).containsEntry("action", "ex?plode?");
			assertThat(event.getData().get("outcome")).asString().startsWith("malformed: The action 'ex?plode?'");
		});
	}

	@Test
	void aCallerWithoutANameIsAnonymous() throws Exception {
		given(this.security.getPrincipal()).willReturn(null);
		given(this.failover.resume("anonymous")).willReturn(CompletableFuture.completedFuture(null));
		assertThat(operate("resume", null, null).getStatus()).isEqualTo(200);
		assertThat(this.audits).extracting(AuditEvent::getPrincipal).containsOnly("anonymous");
	}

	private WebEndpointResponse<Object> operate(String action, @Nullable String fault, @Nullable String duration)
			throws InterruptedException {
		return this.extension.operate(this.security, action, null, null, fault, duration);
	}

	private List<Object> outcomes() {
		return this.audits.stream().map((event) -> event.getData().get("outcome")).toList();
	}

	private static Map<String, Object> data(Object... entries) {
		Map<String, Object> data = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			data.put(String.valueOf(entries[i]), entries[i + 1]);
		}
		return data;
	}

}
