@NullMarked
package dev.failover.container;

import org.jspecify.annotations.NullMarked;
