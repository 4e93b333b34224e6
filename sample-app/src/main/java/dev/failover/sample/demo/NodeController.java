package dev.failover.sample.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.EmbeddedPostgresException;
import dev.failover.embedded.StopMode;
import dev.failover.sample.demo.NodeAction.Settings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Triggers faults of the nodes of the embedded pair.
 */
@RestController
@RequestMapping("/demo/nodes")
@Profile("embedded")
final class NodeController {

	private final EmbeddedPair pair;

	private final Clock clock;

	NodeController(EmbeddedPair pair, Clock clock) {
		this.pair = pair;
		this.clock = clock;
	}

	@GetMapping
	PairView nodes() {
		return new PairView(this.pair.nodes().stream().map(NodeView::of).toList(), NodeAction.paths());
	}

	@PostMapping("/{node}/{action}")
	ActionView act(@PathVariable String node, @PathVariable String action,
			@RequestParam(defaultValue = "fast") String mode,
			@RequestParam(defaultValue = "300") @Min(0) @Max(60_000) long millis) {
		EmbeddedNode target = node(node);
		NodeAction known = action(action);
		Settings settings = new Settings(stopMode(mode), Duration.ofMillis(millis));
		Instant started = this.clock.instant();
		try {
			known.perform(target, settings);
		}
		catch (IllegalStateException ex) {
			throw new DemoException(HttpStatus.CONFLICT, "The action is not possible now", ex);
		}
		catch (EmbeddedPostgresException ex) {
			throw new DemoException(HttpStatus.INTERNAL_SERVER_ERROR, "The action failed", ex);
		}
		return ActionView.of(target, known, Duration.between(started, this.clock.instant()));
	}

	private EmbeddedNode node(String name) {
		return choose(HttpStatus.NOT_FOUND, "node", name, this.pair.nodes(), EmbeddedNode::name);
	}

	private static NodeAction action(String name) {
		return choose(HttpStatus.BAD_REQUEST, "action", name, List.of(NodeAction.values()), NodeAction::path);
	}

	private static StopMode stopMode(String name) {
		return choose(HttpStatus.BAD_REQUEST, "mode", name, List.of(StopMode.values()), NodeController::path);
	}

	private static <T> T choose(HttpStatus status, String what, String name, List<T> all, Function<T, String> label) {
		return all.stream()
			.filter((one) -> label.apply(one).equals(name))
			.findFirst()
			.orElseThrow(() -> DemoException.unknown(status, what, name, all.stream().map(label).toList()));
	}

	private static String path(StopMode mode) {
		return mode.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The nodes, and the actions on them.
	 */
	private record PairView(List<NodeView> nodes, List<String> actions) {
	}

	/**
	 * State of a node.
	 */
	private record NodeView(String node, boolean running, boolean frozen) {

		static NodeView of(EmbeddedNode node) {
			return new NodeView(node.name(), node.isRunning(), node.isFrozen());
		}

	}

	/**
	 * A completed action, and the state of the node after it.
	 */
	private record ActionView(String node, String action, Duration took, boolean running, boolean frozen) {

		static ActionView of(EmbeddedNode node, NodeAction action, Duration took) {
			return new ActionView(node.name(), action.path(), took, node.isRunning(), node.isFrozen());
		}

	}

}
