package dev.failover.sample.order;

import java.net.URI;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * HTTP API of the order service.
 */
@RestController
@RequestMapping("/orders")
final class OrderController {

	private final OrderService orders;

	OrderController(OrderService orders) {
		this.orders = orders;
	}

	@PostMapping
	ResponseEntity<Order> place(@Valid @RequestBody NewOrder newOrder) {
		Order order = this.orders.place(newOrder);
		URI location = ServletUriComponentsBuilder.fromCurrentRequest().path("/{id}").build(order.id());
		return ResponseEntity.created(location).body(order);
	}

	@GetMapping("/{id}")
	Order find(@PathVariable long id) {
		return this.orders.find(id).orElseThrow(() -> new OrderNotFoundException(id));
	}

	@GetMapping
	List<Order> latest(@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
		return this.orders.latest(limit);
	}

}
