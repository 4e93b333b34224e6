package dev.failover.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection through a link: a queue of the bytes that the source has
 * sent and the sink has not received yet. Confined to the thread of the link.
 */
final class LinkFlow {

	/** Number of queued bytes from which on the source has to wait. */
	private static final int CAPACITY = 1 << 20;

	private final SocketChannel source;

	private final SocketChannel sink;

	private final Deque<Chunk> chunks = new ArrayDeque<>();

	private int bytes;

	private boolean sinkFull;

	private boolean ended;

	private boolean finished;

	LinkFlow(SocketChannel source, SocketChannel sink) {
		this.source = source;
		this.sink = sink;
	}

	/**
	 * Read what the source has sent.
	 * @param buffer a scratch buffer
	 * @param due when it is due at the sink ({@link System#nanoTime()})
	 */
	void read(ByteBuffer buffer, long due) {
		try {
			buffer.clear();
			int count = this.source.read(buffer);
			if (count < 0) {
				end(new Chunk(due, Kind.END, ByteBuffer.allocate(0)));
			}
			else if (count > 0) {
				ByteBuffer copy = ByteBuffer.allocate(count).put(buffer.flip()).flip();
				this.bytes += count;
				this.chunks.add(new Chunk(due, Kind.BYTES, copy));
			}
		}
		catch (IOException ex) {
			reset(due);
		}
	}

	/**
	 * Record that the source has reset the connection.
	 * @param due when the reset is due at the sink ({@link System#nanoTime()})
	 */
	void reset(long due) {
		if (!this.ended) {
			end(new Chunk(due, Kind.RESET, ByteBuffer.allocate(0)));
		}
	}

	private void end(Chunk last) {
		this.chunks.add(last);
		this.ended = true;
	}

	/**
	 * Write what is due to the sink.
	 * @param now the current time ({@link System#nanoTime()})
	 * @return {@code false} if the sink has to be reset
	 * @throws IOException if the sink is closed
	 */
	boolean write(long now) throws IOException {
		while (nanosToNext(now) == 0) {
			Chunk next = this.chunks.element();
			switch (next.kind()) {
				case RESET -> {
					return false;
				}
				case END -> {
					finish();
					this.sink.shutdownOutput();
				}
				case BYTES -> {
					this.bytes -= this.sink.write(next.content());
					this.sinkFull = next.content().hasRemaining();
					if (!this.sinkFull) {
						this.chunks.remove();
					}
				}
			}
		}
		return true;
	}

	/**
	 * Record that the sink can be written to again.
	 */
	void sinkWritable() {
		this.sinkFull = false;
	}

	boolean isSinkFull() {
		return this.sinkFull;
	}

	/**
	 * Return whether the source has ended or reset the connection.
	 * @return whether it has ended
	 */
	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return whether the sink has received everything, including the end.
	 * @return whether the flow is finished
	 */
	boolean isFinished() {
		return this.finished;
	}

	/**
	 * Discard everything that is queued and accept nothing more.
	 */
	void finish() {
		this.chunks.clear();
		this.ended = true;
		this.finished = true;
	}

	boolean hasCapacity() {
		return !this.ended && this.bytes < CAPACITY;
	}

	/**
	 * Return the time until the next chunk is due.
	 * @param now the current time ({@link System#nanoTime()})
	 * @return the time in nanoseconds, {@link Long#MAX_VALUE} if there is no chunk or the
	 * sink is full
	 */
	long nanosToNext(long now) {
		Chunk next = this.chunks.peek();
		return (next == null || this.sinkFull) ? Long.MAX_VALUE : Math.max(0, next.due() - now);
	}

	/**
	 * Make everything that is queued due at once.
	 * @param now the current time ({@link System#nanoTime()})
	 */
	void releaseDelayed(long now) {
		for (int i = this.chunks.size(); i > 0; i--) {
			Chunk chunk = this.chunks.remove();
			this.chunks.add(new Chunk(now, chunk.kind(), chunk.content()));
		}
	}

	private enum Kind {

		BYTES, END, RESET

	}

	private record Chunk(long due, Kind kind, ByteBuffer content) {

	}

}
