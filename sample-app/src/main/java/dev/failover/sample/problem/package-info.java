/**
 * Problem documents for requests that cannot be served.
 */
@NullMarked
package dev.failover.sample.problem;

import org.jspecify.annotations.NullMarked;
