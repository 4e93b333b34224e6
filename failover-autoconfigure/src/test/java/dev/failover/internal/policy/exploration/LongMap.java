package dev.failover.internal.policy.exploration;

import java.util.Arrays;

/**
 * Map from long to long without boxing. Keys are not negative.
 */
final class LongMap {

	static final long ABSENT = -1;

	private long[] keys = new long[1 << 12];

	private long[] values = new long[1 << 12];

	private int size;

	LongMap() {
		Arrays.fill(this.keys, ABSENT);
	}

	int size() {
		return this.size;
	}

	/**
	 * Returns the value of a key, or {@link #ABSENT}.
	 */
	long get(long key) {
		int place = place(key);
		return (this.keys[place] == key) ? this.values[place] : ABSENT;
	}

	void put(long key, long value) {
		if (2 * this.size >= this.keys.length) {
			grow();
		}
		int place = place(key);
		this.size += (this.keys[place] == key) ? 0 : 1;
		this.keys[place] = key;
		this.values[place] = value;
	}

	private int place(long key) {
		int mask = this.keys.length - 1;
		int place = mix(key) & mask;
		while (this.keys[place] != ABSENT && this.keys[place] != key) {
			place = (place + 1) & mask;
		}
		return place;
	}

	/**
	 * Spreads the bits of a key over an int.
	 */
	static int mix(long key) {
		long mixed = key * 0x9E3779B97F4A7C15L;
		return (int) (mixed ^ (mixed >>> 32));
	}

	private void grow() {
		long[] oldKeys = this.keys;
		long[] oldValues = this.values;
		this.keys = new long[2 * oldKeys.length];
		this.values = new long[2 * oldKeys.length];
		Arrays.fill(this.keys, ABSENT);
		for (int old = 0; old < oldKeys.length; old++) {
			if (oldKeys[old] != ABSENT) {
				int place = place(oldKeys[old]);
				this.keys[place] = oldKeys[old];
				this.values[place] = oldValues[old];
			}
		}
	}

}
