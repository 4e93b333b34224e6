/**
 * What clients of a database were told, and the proof that it is true: a pure checker of
 * recorded histories.
 */
package dev.failover.it.history;
