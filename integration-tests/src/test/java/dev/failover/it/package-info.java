/**
 * Promises of the design, each shown on a real replicated pair.
 */
package dev.failover.it;
