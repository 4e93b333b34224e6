/**
 * Servers and an application on the stub driver.
 */
@NullMarked
package dev.failover.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
