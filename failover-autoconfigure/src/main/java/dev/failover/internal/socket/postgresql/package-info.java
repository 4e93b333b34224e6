/**
 * Socket factory for pgjdbc.
 */
@NullMarked
package dev.failover.internal.socket.postgresql;

import org.jspecify.annotations.NullMarked;
