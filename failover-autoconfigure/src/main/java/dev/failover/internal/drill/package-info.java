/**
 * Rehearses the loss of a node, with decorators that are handed to routing and detection,
 * which do not depend on drills.
 */
@NullMarked
package dev.failover.internal.drill;

import org.jspecify.annotations.NullMarked;
