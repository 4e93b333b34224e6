package dev.failover.internal.drill;

import java.sql.Connection;
import java.sql.SQLException;

import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.NodeReader;

/**
 * Applies a rehearsed fault to the probes of a node.
 *
 * @param reader reads the real node
 * @param rehearsal the fault
 */
public record RehearsedReader(NodeReader reader, Rehearsal rehearsal) implements NodeReader {

	@Override
	public Reading read(Connection connection) throws SQLException {
		this.rehearsal.applyBeforeConnect();
		Reading real = this.reader.read(connection);
		return real.withRole(this.rehearsal.role(real.role()));
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		return this.reader.readReplication(connection);
	}

}
