/**
 * Decisions: the route, eligibility of nodes and conditions, as pure functions.
 */
@NullMarked
package dev.failover.internal.policy;

import org.jspecify.annotations.NullMarked;
