/**
 * Socket factory for MySQL Connector/J.
 */
@NullMarked
package dev.failover.internal.socket.mysql;

import org.jspecify.annotations.NullMarked;
