/**
 * Integration tests of libraries that access the database in ways of their own.
 */
package dev.failover.it.library;
