package dev.failover.embedded.test;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverTest}: it finds what is wrong, and lets pass what is right.
 */
@Tag("long")
final class FailoverTestTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					retryWithoutKey | lost in commit 1 of 1 (Shop.insertOrder): table orders has 2 rows where the undisturbed run has 1: done twice
					workOutsideOfTheTransaction | lost before statement 2 of 2 (Shop.take: UPDATE stock
					swallowedUnknownOutcome | lost before commit 1 of 1 (Shop.insertOrder): table orders has 0 rows where the undisturbed run has 1: lost
					sessionKeptOverATransaction | lost after statement 1 of 2 (Shop.tenant: SELECT set_config
					temporaryTableKeptOverATransaction | lost after commit 1 of 2 (Shop.temporaryTableKeptOverATransaction): the work fails with an exception that does not tell of the loss
					continueAfterAFailedStatement | table orders has 1 row where the undisturbed run has 2: lost
					twoTransactionsThatBelongTogether | but table orders has 1 row where the state before has 0
					sideEffectBeforeTheCommit | messages has value = [order placed] where the state before has value = []
					messageInATransactionOfItsOwn | but table message has 1 row where the state before has 0
					retriedUpdate | lost in commit 1 of 1 (Shop.retriedUpdate): table stock has quantity = 8 where the undisturbed run has quantity = 9
					connectionKeptInAField | Without a loss, a connection was not given back
					threadThatStays | the thread 'notifier' stays in dev.failover.embedded.test.Shop.awaitPlaced
					hiddenCause | the work fails with an exception that does not tell of the loss: java.lang.IllegalStateException: Try again later
					readAfterTheCommit | the caller is told that nothing was stored (NodeLostException), but table orders has 1 row
					""")
	void whatIsWrongIsFound(String method, String complaint) {
		Invocations invocations = Invocations.of(Wrong.class, method);
		assertThat(invocations.failures()).anySatisfy((failure) -> assertThat(failure).contains(complaint));
	}

	@ParameterizedTest
	@ValueSource(strings = { "retryWithKey", "workInTheTransaction", "passedUnknownOutcome", "sessionOfTheTransaction",
			"stopAfterAFailedStatement", "outbox", "retriedUpdateWithKey", "connectionOfTheCall", "threadThatEnds",
			"toldCause", "retryOfWhatIsNotStored", "idsOfTheDatabase", "messageThatIsIgnored", "readAfterTheWork" })
	void whatIsRightPasses(String method) {
		Invocations invocations = Invocations.of(Right.class, method);
		assertThat(invocations.failures()).isEmpty();
		assertThat(invocations.names()).hasSizeGreaterThan(2);
	}

	@Test
	void eachMomentOfEachPointIsAnInvocation() {
		assertThat(Invocations.of(Right.class, "passedUnknownOutcome").names()).containsExactly("[1] undisturbed",
				"[2] undisturbed", "[3] " + statement("before"), "[4] " + statement("in"), "[5] " + statement("after"),
				"[6] lost before commit 1 of 1 (Shop.insertOrder)", "[7] lost in commit 1 of 1 (Shop.insertOrder)",
				"[8] lost after commit 1 of 1 (Shop.insertOrder)");
	}

	private static String statement(String moment) {
		return "lost " + moment + " statement 1 of 1 (Shop.order: INSERT INTO orders (request) VALUES (?))";
	}

	@Test
	void assertionsOfTheTestNameTheLoss() {
		assertThat(Invocations.of(Wrong.class, "assertionAfterTheWork").failures())
			.anySatisfy((failure) -> assertThat(failure).contains("Node lost before commit 1 of 1 (Shop.insertOrder):")
				.contains("Expecting value to be true"));
	}

	@Test
	void dataThatAreNotResetAreTold() {
		assertThat(Invocations.of(Misused.class, "ordersAreNotReset").failures()).singleElement()
			.asString()
			.contains("table orders was not reset");
	}

	@Test
	void aTransactionOfTheTestIsRefused() {
		assertThat(Invocations.of(Misused.class, "transactionOfTheTest").failures()).singleElement()
			.asString()
			.contains("must not run in a transaction of the test");
	}

	@Test
	void aTestWithoutStatementsIsRefused() {
		assertThat(Invocations.of(Misused.class, "nothing").failures()).singleElement()
			.asString()
			.contains("nothing can be lost");
	}

	@Test
	void nothingFollowsAFailureWithoutALoss() {
		assertThat(Invocations.of(Misused.class, "failing").failures()).singleElement()
			.asString()
			.contains("wrong without a loss");
	}

	@SpringBootTest(classes = Shop.Application.class, properties = "spring.datasource.hikari.maximum-pool-size=5")
	abstract static class ShopTests {

		@Autowired
		Shop shop;

	}

	/** Run by the tests above only. */
	static class Wrong extends ShopTests {

		@BeforeEach
		void reset() {
			this.shop.reset();
		}

		@AfterEach
		void release() throws Exception {
			this.shop.releaseKeptConnection();
		}

		@FailoverTest
		void retryWithoutKey() {
			this.shop.retryWithoutKey();
		}

		@FailoverTest
		void workOutsideOfTheTransaction() {
			this.shop.workOutsideOfTheTransaction();
		}

		@FailoverTest
		void swallowedUnknownOutcome() {
			this.shop.swallowedUnknownOutcome();
		}

		@FailoverTest
		void sessionKeptOverATransaction() {
			this.shop.sessionKeptOverATransaction();
		}

		@FailoverTest
		void temporaryTableKeptOverATransaction() {
			this.shop.temporaryTableKeptOverATransaction();
		}

		@FailoverTest
		void continueAfterAFailedStatement() {
			this.shop.continueAfterAFailedStatement();
		}

		@FailoverTest
		void twoTransactionsThatBelongTogether() {
			this.shop.twoTransactionsThatBelongTogether();
		}

		@FailoverTest
		void sideEffectBeforeTheCommit(Rehearsal rehearsal) {
			rehearsal.observe("messages", () -> List.copyOf(this.shop.messages));
			this.shop.sideEffectBeforeTheCommit();
		}

		@FailoverTest
		void messageInATransactionOfItsOwn() {
			this.shop.messageInATransactionOfItsOwn();
		}

		@FailoverTest
		void retriedUpdate() {
			this.shop.retriedUpdate();
		}

		@FailoverTest
		void connectionKeptInAField() throws Exception {
			this.shop.connectionKeptInAField();
		}

		@FailoverTest
		void threadThatStays() {
			this.shop.threadThatStays();
		}

		@FailoverTest
		void hiddenCause() {
			this.shop.hiddenCause();
		}

		@FailoverTest
		void readAfterTheCommit() {
			this.shop.readAfterTheCommit();
		}

		@FailoverTest
		void assertionAfterTheWork(Rehearsal rehearsal) {
			this.shop.swallowedUnknownOutcome();
			rehearsal.workIsDone();
			assertThat(this.shop.isPlaced()).isTrue();
		}

	}

	/** Run by the tests above only. */
	static class Right extends ShopTests {

		@BeforeEach
		void reset() {
			this.shop.reset();
		}

		@FailoverTest
		void retryWithKey() {
			this.shop.retryWithKey();
		}

		@FailoverTest
		void workInTheTransaction() {
			this.shop.workInTheTransaction();
		}

		@FailoverTest
		void passedUnknownOutcome() {
			this.shop.passedUnknownOutcome();
		}

		@FailoverTest
		void sessionOfTheTransaction() {
			this.shop.sessionOfTheTransaction();
		}

		@FailoverTest
		void stopAfterAFailedStatement() {
			this.shop.stopAfterAFailedStatement();
		}

		@FailoverTest
		void outbox() {
			this.shop.outbox();
		}

		@FailoverTest
		void retriedUpdateWithKey() {
			this.shop.retriedUpdateWithKey();
		}

		@FailoverTest
		void connectionOfTheCall() throws Exception {
			this.shop.connectionOfTheCall();
		}

		@FailoverTest
		void threadThatEnds() {
			this.shop.threadThatEnds();
		}

		@FailoverTest
		void toldCause() {
			this.shop.toldCause();
		}

		@FailoverTest
		void retryOfWhatIsNotStored() {
			this.shop.retryOfWhatIsNotStored();
		}

		@FailoverTest
		void idsOfTheDatabase() {
			this.shop.idsOfTheDatabase();
		}

		@FailoverTest(ignoredTables = "Message")
		void messageThatIsIgnored() {
			this.shop.messageInATransactionOfItsOwn();
		}

		@FailoverTest
		void readAfterTheWork(Rehearsal rehearsal) {
			this.shop.retryWithKey();
			rehearsal.workIsDone();
			assertThat(this.shop.isPlaced()).isTrue();
		}

	}

	/** Run by the tests above only. */
	static class Misused extends ShopTests {

		@BeforeAll
		static void reset(@Autowired Shop shop) {
			shop.reset();
		}

		@FailoverTest
		void ordersAreNotReset() {
			this.shop.passedUnknownOutcome();
		}

		@FailoverTest
		@Transactional
		void transactionOfTheTest() {
			this.shop.passedUnknownOutcome();
		}

		@FailoverTest
		void nothing() {
		}

		@FailoverTest
		void failing() {
			throw new IllegalStateException("wrong without a loss");
		}

	}

}
