/**
 * What the starter costs once: time at the start of the application, and memory.
 */
@NullMarked
package dev.failover.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
