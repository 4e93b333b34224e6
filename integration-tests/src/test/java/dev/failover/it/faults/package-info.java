/**
 * Every fault in the book on real servers, with the history of what clients saw.
 */
package dev.failover.it.faults;
