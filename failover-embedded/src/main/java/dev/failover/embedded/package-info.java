/**
 * A real PostgreSQL primary and its streaming hot standby, started from the JVM with
 * nothing installed, and every fault that takes a database away.
 * <p>
 * {@link dev.failover.embedded.EmbeddedPair} is the pair,
 * {@link dev.failover.embedded.EmbeddedNode} one of its servers, which can be killed,
 * frozen, stopped, promoted and brought back, and {@link dev.failover.embedded.Link} the
 * network in front of that, which can lose, delay, refuse and reset:
 *
 * <pre class="code">
 * try (EmbeddedPair pair = EmbeddedPair.start()) {
 *     // connect an application to pair.primary().jdbcUrl() and pair.mirror().jdbcUrl()
 *     pair.primary().kill();
 *     pair.mirror().promote();
 *     pair.primary().rejoin();
 * }
 * </pre>
 *
 * {@link dev.failover.embedded.FailoverManager} plays the database's own failover
 * manager, for those who have one in production.
 */
@NullMarked
package dev.failover.embedded;

import org.jspecify.annotations.NullMarked;
