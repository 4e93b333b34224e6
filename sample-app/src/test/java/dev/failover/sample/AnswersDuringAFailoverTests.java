package dev.failover.sample;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.failover.sample.Client.Answer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that each answer of page and endpoint is consistent while the route changes:
 * mode, nodes, route and changes of one answer agree with one another.
 */
@Tag("long")
@ServiceTest
final class AnswersDuringAFailoverTests {

	private static final int REQUESTS = 1000;

	private static final int THREADS = 4;

	@LocalServerPort
	private int port;

	@Test
	void aThousandAnswersDuringAFailoverAreConsistent() {
		Client client = new Client(this.port);
		awaitThat().untilAsserted(() -> {
			assertThat(failover(client).<String>at("$.mode")).isEqualTo("NORMAL");
			assertThat(failover(client).<Boolean>at("$.ready")).isTrue();
		});
		Queue<Answer> pages = new ConcurrentLinkedQueue<>();
		Queue<Answer> answers = new ConcurrentLinkedQueue<>();
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService visitors = Executors.newFixedThreadPool(THREADS);
		try {
			for (int i = 0; i < THREADS; i++) {
				visitors.execute(() -> visit(client, done, pages, answers));
			}
			awaitThat().until(() -> answers.size() > THREADS);
			client.post("/demo/nodes/primary/kill");
			awaitThat().until(() -> answers.size() + pages.size() >= REQUESTS && isFailedOver(client));
		}
		finally {
			done.set(true);
			visitors.shutdown();
		}
		awaitThat().until(visitors::isTerminated);
		assertThat(pages).allSatisfy((page) -> assertThat(page.status()).isEqualTo(HttpStatus.OK))
			.extracting(Answer::body)
			.containsOnly(pages.element().body());
		assertThat(answers).allSatisfy((answer) -> assertConsistent(answer))
			.extracting((answer) -> answer.<String>at("$.mode"))
			.contains("NORMAL", "READ_ONLY", "FAILED_OVER");
		repair(client);
	}

	private void visit(Client client, AtomicBoolean done, Queue<Answer> pages, Queue<Answer> answers) {
		while (!done.get()) {
			pages.add(client.get("/"));
			answers.add(failover(client));
		}
	}

	private static void assertConsistent(Answer answer) {
		assertThat(answer.status()).isEqualTo(HttpStatus.OK);
		Map<String, Object> route = answer.at("$.route");
		Object target = route.get("writes");
		List<String> reads = answer.at("$.route.reads");
		Map<String, Map<String, Object>> nodes = answer.at("$.nodes");
		assertThat(nodes).as(answer.body()).containsOnlyKeys("primary", "mirror");
		assertThat(nodes.keySet()).as(answer.body()).containsAll(reads);
		switch (answer.<String>at("$.mode")) {
			case "NORMAL" -> assertThat(target).as(answer.body()).isEqualTo("primary");
			case "FAILED_OVER" -> assertThat(target).as(answer.body()).isEqualTo("mirror");
			case "READ_ONLY" -> assertThat(target).as(answer.body()).isNull();
			default -> assertThat(reads).as(answer.body()).isEmpty();
		}
		if (target != null) {
			// a loaded machine may answer slowly: IMPAIRED
			assertThat(nodes.get(target)).as(answer.body())
				.containsEntry("role", "WRITABLE")
				.doesNotContainEntry("state", "DOWN");
		}
		assertThat(reads).as(answer.body())
			.hasSize(1)
			.allSatisfy((node) -> assertThat(nodes.get(node)).doesNotContainEntry("state", "DOWN"));
		assertThat(answer.<List<Object>>at("$.changes[-1:]['epoch','mode','to']")).as(answer.body())
			.containsExactly(changeOf(answer, target));
	}

	private static Map<String, Object> changeOf(Answer answer, @Nullable Object target) {
		Map<String, Object> change = new HashMap<>();
		change.put("epoch", answer.at("$.route.epoch"));
		change.put("mode", answer.at("$.mode"));
		change.put("to", target);
		return change;
	}

	private void repair(Client client) {
		client.post("/demo/nodes/primary/rejoin");
		awaitThat().until(() -> failover(client).<Boolean>at("$.ready"));
		client.post("/demo/nodes/primary/promote");
		awaitThat()
			.until(() -> "NORMAL".equals(failover(client).at("$.mode")) && failover(client).<Boolean>at("$.ready"));
	}

	private static boolean isFailedOver(Client client) {
		return "FAILED_OVER".equals(failover(client).at("$.mode"));
	}

	private static Answer failover(Client client) {
		return client.get("/actuator/failover");
	}

	private static ConditionFactory awaitThat() {
		return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

}
