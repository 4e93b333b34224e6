/**
 * The demonstration in the profile {@code embedded}: faults of the embedded pair, and a
 * steady load that shows their effect on clients.
 */
@NullMarked
package dev.failover.sample.demo;

import org.jspecify.annotations.NullMarked;
