/**
 * Live page for operators, on top of the endpoint {@code failover}.
 */
@NullMarked
package dev.failover.page;

import org.jspecify.annotations.NullMarked;
