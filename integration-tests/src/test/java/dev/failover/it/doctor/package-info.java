/**
 * What would hurt on the day of the outage, on real servers.
 */
package dev.failover.it.doctor;
