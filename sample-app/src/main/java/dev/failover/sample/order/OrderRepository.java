package dev.failover.sample.order;

import java.util.List;

import org.springframework.data.domain.Limit;
import org.springframework.data.repository.ListCrudRepository;

/**
 * Repository of orders.
 */
interface OrderRepository extends ListCrudRepository<Order, Long> {

	List<Order> findAllByOrderByIdDesc(Limit limit);

}
