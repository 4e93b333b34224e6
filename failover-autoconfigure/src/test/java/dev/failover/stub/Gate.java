package dev.failover.stub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops the threads of a server that pass it, as a stop signal to its process does.
 */
final class Gate {

	private boolean shut;

	synchronized void shut() {
		this.shut = true;
	}

	synchronized void open() {
		this.shut = false;
		notifyAll();
	}

	synchronized void pass() throws IOException {
		try {
			while (this.shut) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new IOException("The server is closed", ex);
		}
	}

	/**
	 * Returns a stream whose readers pass the gate.
	 */
	InputStream guard(InputStream input) {
		return new FilterInputStream(input) {

			@Override
			public int read() throws IOException {
				pass();
				int value = this.in.read();
				pass();
				return value;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				pass();
				int count = this.in.read(bytes, offset, length);
				pass();
				return count;
			}

		};
	}

}
