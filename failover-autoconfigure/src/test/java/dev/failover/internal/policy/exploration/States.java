package dev.failover.internal.policy.exploration;

import java.util.Arrays;

/**
 * All states that were reached, each with a number in the order of discovery, and the one
 * that it was reached from. A state is a packed {@link World} and the number of a mind.
 */
final class States {

	private static final int FREE = -1;

	private long[] firsts = new long[1 << 14];

	private long[] seconds = new long[1 << 14];

	private int[] minds = new int[1 << 14];

	private int[] parents = new int[1 << 14];

	private int[] table = new int[1 << 15];

	private int size;

	States() {
		Arrays.fill(this.table, FREE);
	}

	int size() {
		return this.size;
	}

	long first(int state) {
		return this.firsts[state];
	}

	long second(int state) {
		return this.seconds[state];
	}

	int mind(int state) {
		return this.minds[state];
	}

	int parent(int state) {
		return this.parents[state];
	}

	boolean is(int state, long first, long second, int mind) {
		return this.firsts[state] == first && this.seconds[state] == second && this.minds[state] == mind;
	}

	/**
	 * Adds a state.
	 * @return whether it is new
	 */
	boolean add(long first, long second, int mind, int parent) {
		if (this.size == this.firsts.length) {
			grow();
		}
		int place = place(first, second, mind);
		if (this.table[place] != FREE) {
			return false;
		}
		this.table[place] = this.size;
		this.firsts[this.size] = first;
		this.seconds[this.size] = second;
		this.minds[this.size] = mind;
		this.parents[this.size] = parent;
		this.size++;
		return true;
	}

	private int place(long first, long second, int mind) {
		int mask = this.table.length - 1;
		int place = LongMap.mix(first * 31 + LongMap.mix(second * 31 + mind)) & mask;
		while (this.table[place] != FREE && !is(this.table[place], first, second, mind)) {
			place = (place + 1) & mask;
		}
		return place;
	}

	private void grow() {
		int length = 2 * this.firsts.length;
		this.firsts = Arrays.copyOf(this.firsts, length);
		this.seconds = Arrays.copyOf(this.seconds, length);
		this.minds = Arrays.copyOf(this.minds, length);
		this.parents = Arrays.copyOf(this.parents, length);
		this.table = new int[2 * length];
		Arrays.fill(this.table, FREE);
		for (int state = 0; state < this.size; state++) {
			this.table[place(this.firsts[state], this.seconds[state], this.minds[state])] = state;
		}
	}

}
