/**
 * The results as JSON, Markdown and pictures: pure but for writing the files.
 */
@NullMarked
package dev.failover.benchmarks.recovery.report;

import org.jspecify.annotations.NullMarked;
