/**
 * Sockets of physical connections, which can be closed without the driver's help.
 */
@NullMarked
package dev.failover.internal.socket;

import org.jspecify.annotations.NullMarked;
