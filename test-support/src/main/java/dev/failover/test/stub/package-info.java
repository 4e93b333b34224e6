/**
 * A JDBC driver without a database, for tests and benchmarks. {@link StubServer} is
 * scripted by a test; {@link FixedStubServer} answers at once, for measurements.
 */
@NullMarked
package dev.failover.test.stub;

import org.jspecify.annotations.NullMarked;
