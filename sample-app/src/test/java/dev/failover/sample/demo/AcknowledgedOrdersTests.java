package dev.failover.sample.demo;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AcknowledgedOrders}.
 */
final class AcknowledgedOrdersTests {

	private final AcknowledgedOrders orders = new AcknowledgedOrders();

	@Test
	void withoutAnOrderThereIsNoneToRead() {
		assertThat(this.orders.any()).isEmpty();
	}

	@Test
	void anOrderIsLostWhileItIsNotFound() {
		this.orders.add(1);
		this.orders.read(1, false);
		this.orders.read(1, false);
		assertThat(this.orders.lost()).isOne();
		this.orders.read(1, true);
		assertThat(this.orders.lost()).isZero();
	}

	@Test
	void lostOrdersAreReadAgainAlsoAmongManyOthers() {
		IntStream.range(0, 10_000).forEach(this.orders::add);
		this.orders.read(3, false);
		assertThat(IntStream.range(0, 1_000).filter((i) -> this.orders.any().orElseThrow() == 3).count())
			.isGreaterThan(50);
	}

}
