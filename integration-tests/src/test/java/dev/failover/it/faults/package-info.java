/**
 * Integration tests that cause faults on real servers and check the calls of all clients.
 */
package dev.failover.it.faults;
