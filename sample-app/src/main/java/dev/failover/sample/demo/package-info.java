/**
 * The demonstration: faults on the embedded pair, and a steady load that shows what
 * clients see of them. In the profile {@code embedded} only.
 */
@NullMarked
package dev.failover.sample.demo;

import org.jspecify.annotations.NullMarked;
