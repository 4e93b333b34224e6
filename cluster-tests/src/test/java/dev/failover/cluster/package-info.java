/**
 * Tests of applications on clusters that Patroni manages, and behind pgBouncer.
 */
package dev.failover.cluster;
