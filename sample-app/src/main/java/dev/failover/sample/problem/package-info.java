/**
 * What clients are told when a request cannot be served.
 */
@NullMarked
package dev.failover.sample.problem;

import org.jspecify.annotations.NullMarked;
