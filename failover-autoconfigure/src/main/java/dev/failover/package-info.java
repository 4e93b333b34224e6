/**
 * The words of the product as values: nodes, roles, routes, events. Knows the JDK only.
 */
@NullMarked
package dev.failover;

import org.jspecify.annotations.NullMarked;
