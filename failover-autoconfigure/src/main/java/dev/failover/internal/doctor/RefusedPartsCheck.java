package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.dialect.Reading.Refusal;
import dev.failover.internal.doctor.Finding.Severity;
import dev.failover.internal.error.ErrorText;

/**
 * Finds parts of a probe that a server refuses to answer.
 */
final class RefusedPartsCheck implements Check {

	static final String ID = "refused-parts";

	@Override
	public List<Finding> check(CheckContext context) {
		return context.nodes().stream().flatMap((node) -> check(node, context)).toList();
	}

	private static Stream<Finding> check(NodeSettings node, CheckContext context) {
		NodeInspection inspection = context.inspections().get(node.node());
		if (inspection == null || inspection.refusals().isEmpty()) {
			return Stream.empty();
		}
		List<Refusal> refusals = inspection.refusals();
		String refused = refusals.stream()
			.map((refusal) -> refusal.part() + " (" + ErrorText.bound(refusal.error()) + ")")
			.collect(Collectors.joining(", "));
		String consequences = refusals.stream().map(Refusal::consequence).distinct().collect(Collectors.joining(" "));
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"The server does not tell the application's user everything about itself: " + refused + ".",
				consequences));
	}

}
