package dev.failover.actuator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.DrillFault;
import dev.failover.Node;
import dev.failover.Operation.Action;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Well-formed request of an operator.
 *
 * @param action the requested action
 * @param target node to move to; not null for {@code switchover}
 * @param force whether to accept a node that lags, is not verified or has diverged
 * @param fault fault to rehearse; not null for {@code drill}
 * @param duration time for which to rehearse it; not null for {@code drill}
 */
record OperationRequest(Action action, @Nullable Node target, boolean force, @Nullable DrillFault fault,
		@Nullable Duration duration) {

	/** Most characters of a parameter that are repeated to the caller. */
	private static final int MAX_QUOTED = 50;

	/**
	 * Reads the parameters of a request.
	 * @param nodes existing nodes
	 * @throws MalformedRequestException with the reason, if it is malformed
	 */
	static OperationRequest parse(@Nullable String action, @Nullable String target, @Nullable String force,
			@Nullable String fault, @Nullable String duration, List<Node> nodes) {
		Action requested = choose("action", action, Stream.of(Action.values()), Action::label);
		boolean forced = (force != null) && choose("force", force, Stream.of(true, false), String::valueOf);
		Node node = (requested == Action.SWITCHOVER) ? choose("target", target, nodes.stream(), Node::name) : null;
		if (requested != Action.DRILL) {
			return new OperationRequest(requested, node, forced, null, null);
		}
		DrillFault rehearsed = choose("fault", fault, Arrays.stream(DrillFault.values()), DrillFault::label);
		return new OperationRequest(requested, node, forced, rehearsed, parseDuration(duration));
	}

	private static <T> T choose(String parameter, @Nullable String value, Stream<T> choices,
			Function<T, String> label) {
		List<T> all = choices.toList();
		String labels = all.stream().map(label).collect(Collectors.joining(", "));
		if (value == null) {
			throw new MalformedRequestException("The parameter '" + parameter + "' is missing; use one of " + labels);
		}
		return all.stream()
			.filter((choice) -> label.apply(choice).equals(value))
			.findFirst()
			.orElseThrow(() -> new MalformedRequestException(
					"The " + parameter + " " + quote(value) + " is unknown; use one of " + labels));
	}

	private static Duration parseDuration(@Nullable String value) {
		if (value == null) {
			throw new MalformedRequestException("The parameter 'duration' is missing; use one such as 10s");
		}
		Duration duration;
		try {
			duration = DurationStyle.detectAndParse(value);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new MalformedRequestException("The duration " + quote(value) + " cannot be read; use one such as 10s",
					ex);
		}
		if (duration.isNegative() || duration.isZero()) {
			throw new MalformedRequestException(
					"The duration " + quote(value) + " is not positive; use one such as 10s");
		}
		return duration;
	}

	private static String quote(String value) {
		return "'" + clean(value) + "'";
	}

	/**
	 * Returns the beginning of a text, with each character that is not plain text
	 * replaced by a question mark: it goes into answers, audit events and the log.
	 */
	static String clean(String text) {
		boolean whole = text.codePointCount(0, Math.min(text.length(), 2 * MAX_QUOTED + 2)) <= MAX_QUOTED;
		StringBuilder cleaned = new StringBuilder();
		text.codePoints()
			.limit(MAX_QUOTED)
			.map((point) -> isPlain(point) ? point : '?')
			.forEach(cleaned::appendCodePoint);
		return cleaned.append(whole ? "" : "...").toString();
	}

	private static boolean isPlain(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	/**
	 * Thrown when the parameters of a request are malformed.
	 */
	static final class MalformedRequestException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		MalformedRequestException(String detail) {
			super(detail);
		}

		MalformedRequestException(String detail, Exception cause) {
			super(detail, cause);
		}

	}

}
