/**
 * A real PostgreSQL primary and its streaming hot standbys, started from the JVM without
 * an installation, and the faults that make a database unavailable.
 * <p>
 * {@link dev.failover.embedded.EmbeddedPair} is the pair.
 * {@link dev.failover.embedded.EmbeddedNode} is one of its servers, which can be killed,
 * frozen, stopped, promoted and rejoined. {@link dev.failover.embedded.Link} is the
 * network in front of a server, which can hold back, delay, refuse and reset.
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
 * {@link dev.failover.embedded.EmbeddedService} is an address that follows a role, as a
 * Kubernetes Service does. {@link dev.failover.embedded.FailoverManager} promotes and
 * fences as the failover manager of a database in production does.
 */
@NullMarked
package dev.failover.embedded;

import org.jspecify.annotations.NullMarked;
