package dev.failover.sample.order;

import java.time.Instant;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Body of a request that places an order.
 *
 * @param customer name of the customer
 * @param item name of the item
 * @param quantity number of items
 */
record NewOrder(@NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = NO_CONTROLS) String customer,
		@NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = NO_CONTROLS) String item, @Min(1) int quantity) {

	/** Text without control characters; PostgreSQL cannot store NUL. */
	private static final String TEXT = "\\P{Cntrl}*";

	private static final String NO_CONTROLS = "must not contain control characters";

	Order placedAt(Instant instant) {
		return new Order(null, this.customer, this.item, this.quantity, instant);
	}

}
