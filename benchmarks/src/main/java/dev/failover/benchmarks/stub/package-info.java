/**
 * A JDBC driver that answers at once from memory, so that what is measured is the way to
 * it.
 */
@NullMarked
package dev.failover.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
