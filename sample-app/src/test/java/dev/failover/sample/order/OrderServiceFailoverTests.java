package dev.failover.sample.order;

import dev.failover.embedded.test.FailoverTest;
import dev.failover.embedded.test.Rehearsal;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link OrderService} through all losses of a node, which
 * {@code docs/embedded.md} shows.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
class OrderServiceFailoverTests {

	@Autowired
	private OrderService orders;

	@BeforeEach
	void deleteOrders(@Autowired JdbcClient jdbcClient) {
		jdbcClient.sql("TRUNCATE orders").update();
	}

	@FailoverTest
	void anOrderIsPlacedOnceOrNotAtAll() {
		this.orders.place(new NewOrder("Ada", "tea", 2));
	}

	@FailoverTest
	void anOrderThatWasPlacedIsFound(Rehearsal rehearsal) {
		Order placed = this.orders.place(new NewOrder("Ada", "tea", 2));
		rehearsal.workIsDone();
		assertThat(this.orders.latest(2)).extracting(Order::id).containsExactly(placed.id());
	}

}
