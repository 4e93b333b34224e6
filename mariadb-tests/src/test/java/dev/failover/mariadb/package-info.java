/**
 * Tests of applications on real servers of MariaDB.
 */
package dev.failover.mariadb;
