/**
 * Socket factory for MariaDB Connector/J.
 */
@NullMarked
package dev.failover.internal.socket.mariadb;

import org.jspecify.annotations.NullMarked;
