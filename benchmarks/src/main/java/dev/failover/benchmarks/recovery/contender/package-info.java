/**
 * What is compared: ways to reach a pair that a user could choose.
 */
@NullMarked
package dev.failover.benchmarks.recovery.contender;

import org.jspecify.annotations.NullMarked;
