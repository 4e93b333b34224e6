package dev.failover.sample.order;

import java.time.Instant;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * An order as a client sends it.
 *
 * @param customer who orders
 * @param item what is ordered
 * @param quantity how many
 */
record NewOrder(@NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = NO_CONTROLS) String customer,
		@NotBlank @Size(max = 100) @Pattern(regexp = TEXT, message = NO_CONTROLS) String item, @Min(1) int quantity) {

	/** PostgreSQL stores no NUL, and nobody is called by the other control characters. */
	private static final String TEXT = "\\P{Cntrl}*";

	private static final String NO_CONTROLS = "must not contain control characters";

	Order placedAt(Instant instant) {
		return new Order(null, this.customer, this.item, this.quantity, instant);
	}

}
