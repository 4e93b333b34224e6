package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a primary's timeline left the ones before it.
 *
 * @param timeline the primary's
 * @param ends position (LSN) at which each earlier timeline was left
 */
record TimelineHistory(int timeline, Map<Integer, Long> ends) {

	TimelineHistory {
		ends = Map.copyOf(ends);
	}

	/**
	 * Read the history of a timeline.
	 * @param data data directory of its primary
	 * @param timeline the timeline
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
	 * Parse lines of a parent's number, the position in hexadecimal, and a reason.
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
	 * Say whether a server that has ended can follow this primary as it is: its timeline
	 * is part of this primary's history, and so is its last checkpoint, after which it
	 * was a standby or, if that was its shutdown, has written nothing.
	 */
	boolean includes(ControlFile ended) {
		if (ended.timeline() == this.timeline) {
			return ended.isStandby();
		}
		Long left = this.ends.get(ended.timeline());
		return left != null && Long.compareUnsigned(left, ended.checkpoint()) > 0
				&& (ended.isStandby() || ended.state() == ControlFile.SHUT_DOWN);
	}

}
