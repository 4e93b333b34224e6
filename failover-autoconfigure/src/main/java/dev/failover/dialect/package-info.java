/**
 * Service provider interface for databases and their JDBC drivers.
 */
@NullMarked
package dev.failover.dialect;

import org.jspecify.annotations.NullMarked;
