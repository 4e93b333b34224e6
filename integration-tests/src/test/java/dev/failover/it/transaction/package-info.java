/**
 * Integration tests of transactions on real servers.
 */
package dev.failover.it.transaction;
