/**
 * What transactions are told when their node is lost, on real servers.
 */
package dev.failover.it.transaction;
