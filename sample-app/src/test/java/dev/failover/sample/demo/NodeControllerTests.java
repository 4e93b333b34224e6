package dev.failover.sample.demo;

import java.time.Duration;
import java.util.List;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.EmbeddedPostgresException;
import dev.failover.embedded.Link;
import dev.failover.embedded.StopMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests of {@link NodeController} without servers.
 */
@WebMvcTest(NodeController.class)
final class NodeControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private EmbeddedPair pair;

	private final EmbeddedNode primary = mock();

	private final Link link = mock();

	@BeforeEach
	void pair() {
		given(this.pair.nodes()).willReturn(List.of(this.primary));
		given(this.primary.name()).willReturn("primary");
		given(this.primary.link()).willReturn(this.link);
	}

	@ParameterizedTest
	@EnumSource
	void everyActionCanBeTriggered(NodeAction action) {
		MvcTestResult result = post("primary", action.path());
		assertThat(result).hasStatusOk();
		assertThat(result).bodyJson().isLenientlyEqualTo("""
				{"node": "primary", "action": "%s", "running": false}""".formatted(action.path()));
		assertThat(result).bodyJson().extractingPath("$.took").asString().startsWith("PT");
	}

	@Test
	void restartStartsANodeThatDoesNotRun() {
		assertThat(post("primary", "restart")).hasStatusOk();
		then(this.primary).should().start();
	}

	@Test
	void restartRestartsARunningNode() {
		given(this.primary.isRunning()).willReturn(true);
		assertThat(post("primary", "restart")).hasStatusOk();
		then(this.primary).should().restart();
	}

	@Test
	void stopUsesTheRequestedMode() {
		assertThat(post("primary", "stop?mode=immediate")).hasStatusOk();
		then(this.primary).should().stop(StopMode.IMMEDIATE);
		assertThat(post("primary", "stop")).hasStatusOk();
		then(this.primary).should().stop(StopMode.FAST);
	}

	@Test
	void delayUsesTheRequestedTime() {
		assertThat(post("primary", "delay?millis=50")).hasStatusOk();
		then(this.link).should().delay(Duration.ofMillis(50));
		assertThat(post("primary", "delay")).hasStatusOk();
		then(this.link).should().delay(Duration.ofMillis(300));
	}

	@Test
	void theAnswerToAnUnknownNodeListsTheNodes() {
		assertThat(post("third", "kill")).hasStatus(HttpStatus.NOT_FOUND)
			.bodyJson()
			.extractingPath("$.known")
			.asArray()
			.containsExactly("primary");
	}

	@Test
	void theAnswerToAnUnknownActionListsTheActions() {
		assertThat(post("primary", "explode")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.known")
			.asArray()
			.contains("kill", "refuse", "heal");
	}

	@Test
	void theAnswerToAnUnknownModeListsTheModes() {
		assertThat(post("primary", "stop?mode=gentle")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.known")
			.asArray()
			.containsExactly("smart", "fast", "immediate");
	}

	@Test
	void theAnswerStatesWhyAnActionIsNotPossible() {
		willThrow(new IllegalStateException("The node is not running")).given(this.primary).kill();
		assertThat(post("primary", "kill")).hasStatus(HttpStatus.CONFLICT)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("The node is not running");
	}

	@Test
	void theAnswerStatesWhyAServerFailed() {
		willThrow(new EmbeddedPostgresException("The server did not start")).given(this.primary).start();
		assertThat(post("primary", "restart")).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("The server did not start");
	}

	@Test
	void theNodesAreListed() {
		given(this.primary.isRunning()).willReturn(true);
		assertThat(this.mvc.get().uri("/demo/nodes")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
				{"nodes": [{"node": "primary", "running": true, "frozen": false}]}""");
	}

	private MvcTestResult post(String node, String action) {
		return this.mvc.post().uri("/demo/nodes/" + node + "/" + action).exchange();
	}

}
