package dev.failover.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The control file {@code global/pg_control} of a server that is not running. Its first
 * fields ({@code struct ControlFileData} in PostgreSQL's {@code pg_control.h}) have been
 * the same since PostgreSQL 11.
 *
 * @param state state in which the server ended, such as {@link #SHUT_DOWN}
 * @param checkpoint position (LSN) of the latest checkpoint record
 * @param timeline timeline of that checkpoint
 */
record ControlFile(int state, long checkpoint, int timeline) {

	static final String NAME = "global/pg_control";

	/** The server was shut down cleanly as a primary ({@code DB_SHUTDOWNED}). */
	static final int SHUT_DOWN = 1;

	/**
	 * The server was shut down cleanly as a standby ({@code DB_SHUTDOWNED_IN_RECOVERY}).
	 */
	static final int SHUT_DOWN_IN_RECOVERY = 2;

	/**
	 * The server runs as a standby or was killed as one ({@code DB_IN_ARCHIVE_RECOVERY}).
	 */
	static final int IN_ARCHIVE_RECOVERY = 5;

	static ControlFile read(Path data) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(data.resolve(NAME))).order(ByteOrder.nativeOrder());
		return new ControlFile(bytes.getInt(16), bytes.getLong(32), bytes.getInt(48));
	}

	boolean isStandby() {
		return this.state == SHUT_DOWN_IN_RECOVERY || this.state == IN_ARCHIVE_RECOVERY;
	}

}
