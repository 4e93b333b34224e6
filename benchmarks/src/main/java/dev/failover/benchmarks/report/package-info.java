/**
 * Renders pages and charts.
 */
@NullMarked
package dev.failover.benchmarks.report;

import org.jspecify.annotations.NullMarked;
