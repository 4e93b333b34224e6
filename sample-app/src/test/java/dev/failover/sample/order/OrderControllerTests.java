package dev.failover.sample.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests of {@link OrderController} without a database.
 */
@WebMvcTest(OrderController.class)
final class OrderControllerTests {

	private static final Order STORED = new Order(7L, "Ada", "tea", 2, Instant.parse("2026-01-01T10:00:00Z"));

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private OrderService orders;

	@Test
	void anOrderIsPlaced() {
		given(this.orders.place(new NewOrder("Ada", "tea", 2))).willReturn(STORED);
		MvcTestResult result = post("""
				{"customer": "Ada", "item": "tea", "quantity": 2}""");
		assertThat(result).hasStatus(HttpStatus.CREATED).hasHeader("Location", "http://localhost/orders/7");
		assertThat(result).bodyJson().isStrictlyEqualTo("""
				{"id": 7, "customer": "Ada", "item": "tea", "quantity": 2, "placedAt": "2026-01-01T10:00:00Z"}""");
	}

	@Test
	void anOrderIsFound() {
		given(this.orders.find(7)).willReturn(Optional.of(STORED));
		assertThat(this.mvc.get().uri("/orders/7")).hasStatusOk().bodyJson().extractingPath("$.item").isEqualTo("tea");
	}

	@Test
	void anUnknownOrderIsNotFound() {
		given(this.orders.find(8)).willReturn(Optional.empty());
		assertThat(this.mvc.get().uri("/orders/8")).hasStatus(HttpStatus.NOT_FOUND)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("There is no order with the id 8.");
	}

	@Test
	void theLatestTwentyOrdersAreListed() {
		given(this.orders.latest(20)).willReturn(List.of(STORED));
		assertThat(this.mvc.get().uri("/orders")).hasStatusOk().bodyJson().extractingPath("$[0].id").isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "many" })
	void anInvalidLimitIsRefused(String limit) {
		assertThat(this.mvc.get().uri("/orders?limit=" + limit)).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("limit");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"customer": " ", "item": "tea", "quantity": 2}            | customer
			{"item": "tea", "quantity": 2}                             | customer
			{"customer": "Ada", "item": "", "quantity": 2}             | item
			{"customer": "Ada", "item": "a\\u0000b", "quantity": 2}    | item
			{"customer": "Ada", "item": "tea", "quantity": 0}          | quantity
			{"customer": "Ada", "item": "tea", "quantity": "two"}      | quantity
			{"customer": "Ada", "item": "tea", "quantity": 9999999999} | quantity
			{"customer": "Ada", "item": "tea"}                         | quantity
			""")
	void theAnswerNamesTheInvalidField(String body, String field) {
		MvcTestResult result = post(body);
		assertThat(result).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(result).bodyJson().extractingPath("$.errors[*].field").asArray().containsExactly(field);
	}

	@Test
	void aBodyThatIsNotJsonIsRefused() {
		assertThat(post("tea, please")).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private MvcTestResult post(String body) {
		return this.mvc.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

}
