/**
 * A JDBC driver and servers that exist in tests only, for exotic faults.
 */
@NullMarked
package dev.failover.stub;

import org.jspecify.annotations.NullMarked;
