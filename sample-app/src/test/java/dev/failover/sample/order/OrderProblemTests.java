package dev.failover.sample.order;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.Cause;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests of the answer to a request that the database cannot serve.
 */
@WebMvcTest(OrderController.class)
final class OrderProblemTests {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private OrderService orders;

	@MockitoBean
	private Failover failover;

	@BeforeEach
	void beginInModeReadOnly() {
		Route route = new Route(null, List.of(new Node("mirror")), Mode.READ_ONLY, 2, Instant.EPOCH, Cause.STARTUP);
		given(this.failover.state()).willReturn(new FailoverState(route, true, false, List.of(), null,
				Duration.ofSeconds(1), "bytes", List.of(), List.of()));
	}

	static Stream<Arguments> faults() {
		return Stream.of(Arguments.of("read-only", mock(NoWritableNodeException.class)),
				Arguments.of("connection-lost", mock(NodeLostException.class)),
				Arguments.of("connection-lost", new IllegalStateException(mock(NodeLostException.class))),
				Arguments.of("no-connection",
						new CannotCreateTransactionException("no connection",
								new SQLTransientConnectionException("timed out"))),
				Arguments.of("no-connection",
						new CannotGetJdbcConnectionException("no connection", new SQLException("refused", "08001"))),
				Arguments.of("no-connection",
						new CannotCreateTransactionException("no connection", new IllegalStateException())),
				Arguments.of("connection-lost", lost(new SQLException("I/O error", "08006"))),
				Arguments.of("connection-lost", uncategorized(new SQLException("Connection is closed"))),
				Arguments.of("busy", lost(new SQLException("disk full", "53100"))),
				Arguments.of("busy", uncategorized(new SQLException("deadlock", "40P01"))));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aFaultOfTheDatabaseIsAnsweredWith503(String type, RuntimeException fault) {
		given(this.orders.place(any())).willThrow(fault);
		MvcTestResult result = place();
		assertThat(result).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("Retry-After", "1");
		assertThat(result).bodyJson()
			.isLenientlyEqualTo("""
					{"type": "urn:problem-type:orders:%s", "status": 503, "instance": "/orders", "mode": "READ_ONLY"}"""
				.formatted(type));
		assertThat(result).bodyJson().extractingPath("$.detail").asString().contains("send the request again");
	}

	@ParameterizedTest
	@ValueSource(classes = { CommitOutcomeUnknownException.class, WriteOutcomeUnknownException.class })
	void anUnknownOutcomeIsAnsweredWithAWarningNotToRepeatTheOrder(Class<? extends RuntimeException> type) {
		given(this.orders.place(any())).willThrow(mock(type));
		assertThat(place()).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("may or may not be stored", "before you send it again");
	}

	@Test
	void aFaultDuringAReadIsAnsweredWith503() {
		given(this.orders.find(7)).willThrow(mock(NodeLostException.class));
		assertThat(this.mvc.get().uri("/orders/7")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
	}

	@Test
	void anErrorOfTheApplicationIsNotReportedAsAFaultOfTheDatabase() {
		given(this.orders.place(any()))
			.willThrow(new DataIntegrityViolationException("quantity", new SQLException("check violated", "23514")));
		assertThat(place()).hasFailed()
			.failure()
			.isInstanceOf(ServletException.class)
			.hasCauseInstanceOf(DataIntegrityViolationException.class);
	}

	private MvcTestResult place() {
		return this.mvc.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).content("""
				{"customer": "Ada", "item": "tea", "quantity": 2}""").exchange();
	}

	private static RuntimeException lost(SQLException cause) {
		return new DataAccessResourceFailureException("JDBC", cause);
	}

	private static RuntimeException uncategorized(SQLException cause) {
		return new UncategorizedSQLException("JDBC", null, cause);
	}

}
