package dev.failover.sample.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.StopMode;

/**
 * What can be done to a node of the embedded pair.
 */
enum NodeAction {

	/** End all processes of the server at once. */
	KILL((node, settings) -> node.kill()),

	/** Ask the server to stop. */
	STOP((node, settings) -> node.stop(settings.stopMode())),

	/** Start the server again; a running one is stopped first. */
	RESTART((node, settings) -> restart(node)),

	/** Suspend all processes of the server. */
	FREEZE((node, settings) -> node.freeze()),

	/** Let them go on. */
	THAW((node, settings) -> node.thaw()),

	/** Make the node the one that takes writes. */
	PROMOTE((node, settings) -> node.promote()),

	/** Make the node a standby of the other one. */
	REJOIN((node, settings) -> node.rejoin()),

	/** Let all bytes to and from the node vanish silently. */
	CUT((node, settings) -> node.link().cut()),

	/** Refuse new connections to the node. */
	REFUSE((node, settings) -> node.link().refuse()),

	/** Reset all connections to the node, and new ones. */
	RESET((node, settings) -> node.link().reset()),

	/** Slow the network to the node down. */
	DELAY((node, settings) -> node.link().delay(settings.delay())),

	/** Undo every fault of the network to the node. */
	HEAL((node, settings) -> node.link().heal());

	private final BiConsumer<EmbeddedNode, Settings> call;

	NodeAction(BiConsumer<EmbeddedNode, Settings> call) {
		this.call = call;
	}

	/**
	 * Do it; the fault is in force on return.
	 * @throws IllegalStateException if the node is in no state for it
	 */
	void on(EmbeddedNode node, Settings settings) {
		this.call.accept(node, settings);
	}

	/**
	 * The name in paths and answers.
	 */
	String path() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Optional<NodeAction> named(String path) {
		return Arrays.stream(values()).filter((action) -> action.path().equals(path)).findFirst();
	}

	static List<String> paths() {
		return Arrays.stream(values()).map(NodeAction::path).toList();
	}

	private static void restart(EmbeddedNode node) {
		if (node.isRunning()) {
			node.restart();
		}
		else {
			node.start();
		}
	}

	/**
	 * How it is done.
	 *
	 * @param stopMode how a server is stopped
	 * @param delay what a round trip takes longer
	 */
	record Settings(StopMode stopMode, Duration delay) {
	}

}
