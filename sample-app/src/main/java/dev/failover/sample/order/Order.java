package dev.failover.sample.order;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A stored order.
 *
 * @param id given by the database; null until then
 * @param customer who ordered
 * @param item what was ordered
 * @param quantity how many
 * @param placedAt when it was placed
 */
@Table("orders")
record Order(@Id @Nullable Long id, String customer, String item, int quantity, Instant placedAt) {

}
