package dev.failover.dialect.sqlserver;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * Log sequence number of SQL Server. Each record of a transaction log has a higher one
 * than the record before it.
 * <p>
 * Source: "SQL Server transaction log architecture and management guide". The management
 * views return it as {@code numeric(25,0)}: number of the virtual log file, offset in it
 * in units of 512 bytes (ten digits), number in the log block (five digits). No page says
 * so; if it were not so, distances would be wrong, but not the order.
 *
 * @param value the number
 */
record Lsn(BigInteger value) implements Comparable<Lsn> {

	private static final BigInteger RECORDS = BigInteger.valueOf(100_000);

	private static final BigInteger BLOCKS = BigInteger.TEN.pow(10);

	private static final long BLOCK_BYTES = 512;

	/**
	 * Returns the number in a text, or null if there is none.
	 * @throws NumberFormatException if the text is not a number
	 */
	static @Nullable Lsn parse(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : new Lsn(new BigInteger(text.strip()));
	}

	/**
	 * Returns the number of the next record that can be.
	 */
	Lsn next() {
		return new Lsn(this.value.add(BigInteger.ONE));
	}

	@Override
	public int compareTo(Lsn other) {
		return this.value.compareTo(other.value);
	}

	/**
	 * Returns the bytes of log up to here from an earlier position; at least as much as
	 * is known, which is what this virtual log file contains if the other position is in
	 * an earlier one.
	 * @return the bytes, at least 1; 0 if the other position is not earlier
	 */
	long since(Lsn earlier) {
		if (compareTo(earlier) <= 0) {
			return 0;
		}
		BigInteger from = file().equals(earlier.file()) ? earlier.block() : BigInteger.ZERO;
		return Math.max(1, block().subtract(from).longValue() * BLOCK_BYTES);
	}

	private BigInteger file() {
		return this.value.divide(RECORDS).divide(BLOCKS);
	}

	private BigInteger block() {
		return this.value.divide(RECORDS).mod(BLOCKS);
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
