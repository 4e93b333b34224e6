/**
 * A checker for recorded histories of database clients.
 */
package dev.failover.it.history;
