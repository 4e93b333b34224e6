package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Collectors;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds serializable read-only transactions, which a replica may refuse.
 */
final class SerializableReadsCheck implements Check {

	static final String ID = "serializable-reads";

	private static final int MOST_NAMED = 5;

	private final DoctorSettings.Work work;

	SerializableReadsCheck(DoctorSettings.Work work) {
		this.work = work;
	}

	@Override
	public List<Finding> check(CheckContext context) {
		if (this.work.serializable()) {
			return List.of(new Finding(ID, Severity.WARNING, null,
					"Connections are serializable, which a replica refuses: it serves no reads while no node accepts writes.",
					"Set 'spring.datasource.hikari.transaction-isolation' to TRANSACTION_REPEATABLE_READ if the"
							+ " application can read so."));
		}
		List<String> names = this.work.serializableReads().get();
		return names.isEmpty() ? List.of()
				: List.of(new Finding(ID, Severity.WARNING, null,
						"These read-only transactions are serializable, which a replica refuses. They use the node that"
								+ " accepts writes, and are not served while there is none: " + text(names) + ".",
						"Use the isolation REPEATABLE_READ for them if they can be read so."));
	}

	private static String text(List<String> names) {
		String named = names.stream()
			.limit(MOST_NAMED)
			.map((name) -> name.isEmpty() ? "transactions without a name" : name)
			.collect(Collectors.joining(", "));
		return (names.size() > MOST_NAMED) ? named + " and " + (names.size() - MOST_NAMED) + " more" : named;
	}

}
