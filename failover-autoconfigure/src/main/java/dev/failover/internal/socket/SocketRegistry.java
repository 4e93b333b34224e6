package dev.failover.internal.socket;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Sockets of all connections by their keys, for the socket factories, which drivers
 * create by the name of their class. Held by weak references. Thread-safe.
 */
final class SocketRegistry {

	private static final Map<String, Entry> ENTRIES = new ConcurrentHashMap<>();

	private static final ReferenceQueue<ConnectionSockets> UNREACHABLE = new ReferenceQueue<>();

	private static final AtomicLong NUMBER = new AtomicLong();

	private SocketRegistry() {
	}

	/**
	 * Registers the sockets of a connection.
	 * @return the key
	 */
	static String register(ConnectionSockets sockets) {
		removeUnreachable();
		String key = Long.toString(NUMBER.incrementAndGet());
		ENTRIES.put(key, new Entry(key, sockets));
		return key;
	}

	static @Nullable ConnectionSockets find(@Nullable String key) {
		Entry entry = (key != null) ? ENTRIES.get(key) : null;
		return (entry != null) ? entry.get() : null;
	}

	private static void removeUnreachable() {
		for (Reference<?> reference = UNREACHABLE.poll(); reference != null; reference = UNREACHABLE.poll()) {
			if (reference instanceof Entry entry) {
				ENTRIES.remove(entry.key);
			}
		}
	}

	/**
	 * Weak reference that knows its key.
	 */
	private static final class Entry extends WeakReference<ConnectionSockets> {

		private final String key;

		Entry(String key, ConnectionSockets sockets) {
			super(sockets, UNREACHABLE);
			this.key = key;
		}

	}

}
