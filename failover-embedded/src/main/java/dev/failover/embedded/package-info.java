/**
 * A real PostgreSQL primary and its streaming hot standby, started from the JVM with
 * nothing installed, and every fault that takes a database away.
 */
@NullMarked
package dev.failover.embedded;

import org.jspecify.annotations.NullMarked;
