/**
 * Wires the pre-flight doctor.
 */
@NullMarked
package dev.failover.autoconfigure.doctor;

import org.jspecify.annotations.NullMarked;
