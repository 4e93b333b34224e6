/**
 * The words of the product as values: nodes, roles, routes, events. Knows the JDK only.
 */
@NullMarked
package dev.failover.topology;

import org.jspecify.annotations.NullMarked;
