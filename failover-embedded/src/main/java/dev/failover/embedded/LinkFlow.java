package dev.failover.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection through a link: what the source sends, in order, until
 * the sink may have it. Confined to the link's thread.
 */
final class LinkFlow {

	/**
	 * As much as a flow holds before its source has to wait, like a full socket buffer.
	 */
	private static final int WINDOW = 1 << 20;

	private final SocketChannel source;

	private final SocketChannel sink;

	private final Deque<Parcel> parcels = new ArrayDeque<>();

	private int bytes;

	private boolean blocked;

	private boolean ended;

	private boolean finished;

	LinkFlow(SocketChannel source, SocketChannel sink) {
		this.source = source;
		this.sink = sink;
	}

	/**
	 * Take what the source has sent.
	 * @param buffer a scratch buffer
	 * @param due when it may be given to the sink ({@link System#nanoTime()})
	 */
	void take(ByteBuffer buffer, long due) {
		try {
			buffer.clear();
			int count = this.source.read(buffer);
			if (count < 0) {
				add(new Parcel(due, Kind.END, ByteBuffer.allocate(0)));
			}
			else if (count > 0) {
				ByteBuffer copy = ByteBuffer.allocate(count).put(buffer.flip()).flip();
				this.bytes += count;
				this.parcels.add(new Parcel(due, Kind.BYTES, copy));
			}
		}
		catch (IOException ex) {
			breakOff(due);
		}
	}

	/**
	 * Note that the source has reset the connection.
	 */
	void breakOff(long due) {
		if (!this.ended) {
			add(new Parcel(due, Kind.RESET, ByteBuffer.allocate(0)));
		}
	}

	private void add(Parcel last) {
		this.parcels.add(last);
		this.ended = true;
	}

	/**
	 * Give the sink what is due.
	 * @return {@code false} if the connection is to be reset
	 * @throws IOException if the sink does not take it
	 */
	boolean give(long now) throws IOException {
		while (nanosToNext(now) == 0) {
			Parcel next = this.parcels.element();
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
					this.blocked = next.content().hasRemaining();
					if (!this.blocked) {
						this.parcels.remove();
					}
				}
			}
		}
		return true;
	}

	/**
	 * Note that the sink has room again.
	 */
	void unblock() {
		this.blocked = false;
	}

	boolean isBlocked() {
		return this.blocked;
	}

	/**
	 * Say whether the source has sent its last.
	 */
	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Say whether the sink has got all that there will ever be.
	 */
	boolean isFinished() {
		return this.finished;
	}

	/**
	 * Drop everything: the sink is gone.
	 */
	void finish() {
		this.parcels.clear();
		this.ended = true;
		this.finished = true;
	}

	boolean wantsMore() {
		return !this.ended && this.bytes < WINDOW;
	}

	/**
	 * Return in how many nanoseconds the next parcel may be given, {@link Long#MAX_VALUE}
	 * if there is none or the sink is full.
	 */
	long nanosToNext(long now) {
		Parcel next = this.parcels.peek();
		return (next == null || this.blocked) ? Long.MAX_VALUE : Math.max(0, next.due() - now);
	}

	/**
	 * Make everything due at once.
	 */
	void hurry(long now) {
		for (int i = this.parcels.size(); i > 0; i--) {
			Parcel parcel = this.parcels.remove();
			this.parcels.add(new Parcel(now, parcel.kind(), parcel.content()));
		}
	}

	private enum Kind {

		BYTES, END, RESET

	}

	private record Parcel(long due, Kind kind, ByteBuffer content) {

	}

}
