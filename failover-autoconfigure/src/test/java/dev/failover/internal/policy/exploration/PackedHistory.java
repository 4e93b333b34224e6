package dev.failover.internal.policy.exploration;

/**
 * History of a server, packed into {@value #BITS} bits: the set of writes and promotions
 * that it holds. The world numbers them in the order in which they happen, and each
 * happens on top of all that its server holds, so that the set determines the sequence.
 */
final class PackedHistory {

	static final int MAX_EVENTS = 6;

	static final int BITS = 2 * MAX_EVENTS + 1;

	/** History of a new cluster, without any event. */
	static final int EMPTY = 0;

	/** History of another new cluster. */
	static final int FOREIGN = 1 << (2 * MAX_EVENTS);

	private static final int EVENTS = (1 << MAX_EVENTS) - 1;

	private PackedHistory() {
	}

	static int write(int history, int event) {
		return history | (1 << event);
	}

	static int promote(int history, int event) {
		return history | (1 << event) | (1 << (event + MAX_EVENTS));
	}

	/**
	 * Returns the history without its last event.
	 */
	static int withoutLast(int history) {
		int last = Integer.highestOneBit(events(history));
		return history & ~(last | (last << MAX_EVENTS));
	}

	static int events(int history) {
		return history & EVENTS;
	}

	static int promotions(int history) {
		return (history >> MAX_EVENTS) & EVENTS;
	}

	static boolean isForeign(int history) {
		return (history & FOREIGN) != 0;
	}

	static boolean sameCluster(int one, int other) {
		return ((one ^ other) & FOREIGN) == 0;
	}

	/**
	 * Returns whether a history begins with all of another one, or equals it.
	 */
	static boolean extendsFrom(int history, int other) {
		int last = Integer.highestOneBit(events(other));
		int beginning = (last == 0) ? 0 : (2 * last - 1);
		return sameCluster(history, other) && (events(history) & beginning) == events(other);
	}

	/**
	 * Returns the number of events that a history has in common with another one, from
	 * the beginning.
	 */
	static int shared(int one, int other) {
		int difference = events(one) ^ events(other);
		int common = (difference == 0) ? EVENTS : Integer.lowestOneBit(difference) - 1;
		return Integer.bitCount(events(one) & common);
	}

	/**
	 * Returns whether a history was promoted when it held all that another one holds, or
	 * part of it, and the other was not promoted since: it is the newer of both.
	 */
	static boolean continues(int history, int other) {
		int promotions = promotions(history);
		int others = promotions(other);
		return sameCluster(history, other) && (promotions & others) == others && promotions != others;
	}

	/**
	 * Returns whether a history lacks an event of another one, without a promotion of its
	 * own that explains it.
	 */
	static boolean lacks(int history, int other) {
		return sameCluster(history, other) && (events(other) & ~events(history)) != 0
				&& (promotions(history) & ~promotions(other)) == 0;
	}

	/**
	 * Returns the number of events of a history that another one lacks.
	 */
	static int lacked(int history, int other) {
		return Integer.bitCount(events(history) & ~events(other));
	}

	/**
	 * Returns what a database without generations shows of a history: a promotion is
	 * visible by the writes that followed it.
	 */
	static int withoutLastPromotions(int history) {
		int visible = history;
		while ((Integer.highestOneBit(events(visible)) & promotions(visible)) != 0) {
			visible = withoutLast(visible);
		}
		return visible;
	}

	/**
	 * Returns the history in words: {@code w} for a write, {@code P} for a promotion,
	 * each with its number.
	 */
	static String describe(int history) {
		StringBuilder text = new StringBuilder(isForeign(history) ? "foreign[" : "[");
		for (int event = 0; event < MAX_EVENTS; event++) {
			if ((history & (1 << event)) != 0) {
				boolean promotion = (promotions(history) & (1 << event)) != 0;
				text.append((text.charAt(text.length() - 1) == '[') ? "" : " ")
					.append(promotion ? 'P' : 'w')
					.append(event + 1);
			}
		}
		return text.append(']').toString();
	}

}
