package com.example.operations;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.failover.ConditionChangedEvent;
import dev.failover.ErrorClass;
import dev.failover.Failover;
import dev.failover.LogPosition;
import dev.failover.Node;
import dev.failover.PromotionTrigger;
import dev.failover.ReadYourWrites;
import dev.failover.RouteChange;
import dev.failover.dialect.ErrorClassifier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Excerpts that {@code docs/operations.md}, {@code docs/configuration.md} and
 * {@code docs/dialect.md} show.
 */
final class Operations {

	private Operations() {
	}

	@Component
	static class Maintenance {

		private final Failover failover;

		Maintenance(Failover failover) {
			this.failover = failover;
		}

		RouteChange moveToMirror() {
			return this.failover.switchover(new Node("mirror"), false, "maintenance").join();
		}

	}

	static final class Patroni {

		@Bean
		PromotionTrigger promotionTrigger(RestClient patroni) {
			return (target) -> patroni.post()
				.uri("/switchover")
				.body(Map.of("leader", "db1", "candidate", "db2"))
				.retrieve()
				.toBodilessEntity();
		}

	}

	record Alerts(Pager pager) {

		@EventListener
		void on(ConditionChangedEvent event) {
			if (event.raised()) {
				this.pager.alert(event.condition().label(), event.condition().detail());
			}
		}

	}

	interface Pager {

		void alert(String title, String text);

	}

	record Sessions(ReadYourWrites readYourWrites, OrderService service) {

		List<Order> readAfterWrite() throws SQLException {
			// after the commit; a query to the node that takes writes
			LogPosition position = this.readYourWrites.position();
			List<Order> orders = this.readYourWrites.after(position, () -> this.service.findOrders());
			return orders;
		}

	}

	interface OrderService {

		List<Order> findOrders();

	}

	record Order(long id) {

	}

	static final class Errors {

		@Bean
		ErrorClassifier proxyErrors() {
			return (error) -> "ZX001".equals(error.getSQLState()) ? Optional.of(ErrorClass.CONNECTION_LOST)
					: Optional.empty();
		}

	}

}
