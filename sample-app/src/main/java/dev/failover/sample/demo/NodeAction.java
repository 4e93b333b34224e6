package dev.failover.sample.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.StopMode;

/**
 * Actions on a node of the embedded pair.
 */
enum NodeAction {

	/** Kills all processes of the server. */
	KILL((node, settings) -> node.kill()),

	/** Stops the server. */
	STOP((node, settings) -> node.stop(settings.stopMode())),

	/** Starts the server; stops it before if it is running. */
	RESTART((node, settings) -> restart(node)),

	/** Suspends all processes of the server. */
	FREEZE((node, settings) -> node.freeze()),

	/** Resumes all processes of the server. */
	THAW((node, settings) -> node.thaw()),

	/** Makes the node the writable one. */
	PROMOTE((node, settings) -> node.promote()),

	/** Makes the node a standby of the other one. */
	REJOIN((node, settings) -> node.rejoin()),

	/** Discards all bytes to and from the node silently. */
	CUT((node, settings) -> node.link().cut()),

	/** Refuses new connections to the node. */
	REFUSE((node, settings) -> node.link().refuse()),

	/** Resets all connections to the node, also new ones. */
	RESET((node, settings) -> node.link().reset()),

	/** Delays all bytes to and from the node. */
	DELAY((node, settings) -> node.link().delay(settings.delay())),

	/** Ends all faults of the network to the node. */
	HEAL((node, settings) -> node.link().heal());

	private final BiConsumer<EmbeddedNode, Settings> call;

	NodeAction(BiConsumer<EmbeddedNode, Settings> call) {
		this.call = call;
	}

	/**
	 * Performs the action on a node. It has taken effect when this method returns.
	 * @throws IllegalStateException if the state of the node does not allow it
	 */
	void perform(EmbeddedNode node, Settings settings) {
		this.call.accept(node, settings);
	}

	/**
	 * Returns the name of the action in paths and answers.
	 */
	String path() {
		return name().toLowerCase(Locale.ROOT);
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
	 * Settings of an action.
	 *
	 * @param stopMode mode in which a server is stopped
	 * @param delay time by which a round trip takes longer
	 */
	record Settings(StopMode stopMode, Duration delay) {
	}

}
