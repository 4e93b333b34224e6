/**
 * Integration tests of the starter on a real replicated pair.
 */
package dev.failover.it;
