package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The earlier timelines of a server and the positions at which each of them ended.
 *
 * @param timeline the server's timeline
 * @param ends the position (LSN) at which each earlier timeline ended
 */
record TimelineHistory(int timeline, Map<Integer, Long> ends) {

	TimelineHistory {
		ends = Map.copyOf(ends);
	}

	/**
	 * Read the history of a timeline.
	 * @param data data directory of the server
	 * @param timeline the timeline
	 * @return the history, without earlier timelines if there is no history file
	 */
	static TimelineHistory read(Path data, int timeline) throws IOException {
		Path file = data.resolve("pg_wal").resolve("%08X.history".formatted(timeline));
		try {
			return parse(timeline, Files.readAllLines(file));
		}
		catch (NoSuchFileException ex) {
			return new TimelineHistory(timeline, Map.of());
		}
	}

	/**
	 * Parse the lines of a history file. Each has the number of an earlier timeline, the
	 * position at which it ended in hexadecimal, and a reason.
	 * @param timeline the timeline
	 * @param lines the lines
	 * @return the history
	 */
	static TimelineHistory parse(int timeline, List<String> lines) {
		Map<Integer, Long> ends = new HashMap<>();
		for (String line : lines) {
			String[] fields = line.strip().split("\\s+", 3);
			if (fields.length >= 2 && !fields[0].startsWith("#")) {
				ends.put(Integer.valueOf(fields[0]), lsn(fields[1]));
			}
		}
		return new TimelineHistory(timeline, ends);
	}

	private static long lsn(String text) {
		String[] halves = text.split("/", 2);
		return (Long.parseLong(halves[0], 16) << 32) | Long.parseLong(halves[1], 16);
	}

	/**
	 * Return whether a server that has ended can follow this one with the data that it
	 * has. It can if its timeline and its last checkpoint are part of this server's
	 * history and it has written nothing of its own since: it was a standby, or the
	 * checkpoint is that of its shutdown.
	 * @param ended the control file of the server
	 * @return whether its data are part of this server's history
	 */
	boolean includes(ControlFile ended) {
		if (ended.timeline() == this.timeline) {
			return ended.isStandby();
		}
		Long end = this.ends.get(ended.timeline());
		return end != null && Long.compareUnsigned(end, ended.checkpoint()) > 0
				&& (ended.isStandby() || ended.state() == ControlFile.SHUT_DOWN);
	}

	/**
	 * Return whether a standby that is running can follow this server with the data that
	 * it has.
	 * @param standby position of the standby
	 * @return whether its data are part of this server's history
	 */
	boolean includes(TimelinePosition standby) {
		Long end = this.ends.get(standby.timeline());
		return standby.timeline() == this.timeline || (end != null && Long.compareUnsigned(standby.lsn(), end) <= 0);
	}

}
