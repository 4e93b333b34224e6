package dev.failover.sample.order;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A stored order.
 *
 * @param id id that the database assigns; null until then
 * @param customer name of the customer
 * @param item name of the item
 * @param quantity number of items
 * @param placedAt moment at which it was placed
 */
@Table("orders")
record Order(@Id @Nullable Long id, String customer, String item, int quantity, Instant placedAt) {

}
