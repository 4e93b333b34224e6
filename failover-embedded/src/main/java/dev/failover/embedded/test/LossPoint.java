package dev.failover.embedded.test;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A statement or a commit of the work.
 *
 * @param kind kind of the point
 * @param number number among the points of its kind, from 1
 * @param caller method of the application that it belongs to, or null if unknown
 * @param sql text of the statement, or null if there is none
 */
record LossPoint(Kind kind, int number, @Nullable String caller, @Nullable String sql) {

	private static final int LONGEST_TEXT = 60;

	boolean isAt(Kind otherKind, int otherNumber) {
		return this.kind == otherKind && this.number == otherNumber;
	}

	/**
	 * Returns a text such as {@code commit 2 of 3 (OrderService.place)}.
	 * @param total number of points of this kind
	 */
	String describe(long total) {
		StringBuilder text = new StringBuilder(this.kind.name().toLowerCase(Locale.ROOT)).append(' ')
			.append(this.number)
			.append(" of ")
			.append(total);
		String detail = detail();
		return detail.isEmpty() ? text.toString() : text.append(" (").append(detail).append(')').toString();
	}

	private String detail() {
		if (this.sql == null) {
			return (this.caller != null) ? this.caller : "";
		}
		String text = this.sql.strip().replaceAll("\\s+", " ");
		String start = (text.length() <= LONGEST_TEXT) ? text : text.substring(0, LONGEST_TEXT) + "…";
		return (this.caller != null) ? this.caller + ": " + start : start;
	}

	/**
	 * Kind of a point.
	 */
	enum Kind {

		STATEMENT, COMMIT

	}

}
