package dev.failover.sample.order;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places and finds orders, each call in a transaction of its own.
 */
@Service
@Transactional(readOnly = true)
class OrderService {

	private final OrderRepository orders;

	private final Clock clock;

	OrderService(OrderRepository orders, Clock clock) {
		this.orders = orders;
		this.clock = clock;
	}

	@Transactional
	Order place(NewOrder order) {
		return this.orders.save(order.placedAt(this.clock.instant()));
	}

	Optional<Order> find(long id) {
		return this.orders.findById(id);
	}

	List<Order> latest(int limit) {
		return this.orders.findAllByOrderByIdDesc(Limit.of(limit));
	}

}
