package dev.failover.embedded.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

import javax.sql.DataSource;

import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NodeFailure;
import dev.failover.transaction.NodeLostException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shop that places orders in wrong and in right ways, each of which works while no node
 * is lost.
 */
final class Shop {

	final List<String> messages = new ArrayList<>();

	private final DataSource dataSource;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final TransactionTemplate ownTransaction;

	private @Nullable Connection kept;

	Shop(DataSource dataSource, JdbcClient jdbc, PlatformTransactionManager transactions) {
		this.dataSource = dataSource;
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	void reset() {
		this.messages.clear();
		this.jdbc.sql("""
				CREATE TABLE IF NOT EXISTS orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
						request text, tenant text, placed_at timestamptz DEFAULT now());
				CREATE TABLE IF NOT EXISTS line (order_id bigint REFERENCES orders, item text);
				CREATE TABLE IF NOT EXISTS stock (item text PRIMARY KEY, quantity int);
				CREATE TABLE IF NOT EXISTS request (id text PRIMARY KEY);
				CREATE TABLE IF NOT EXISTS message (text text);
				TRUNCATE orders, line, stock, request, message RESTART IDENTITY;
				INSERT INTO stock VALUES ('tea', 10)""").update();
	}

	// retry without a key

	void retryWithoutKey() {
		retry(this::insertOrder, (ex) -> ex instanceof NodeFailure);
	}

	void retryWithKey() {
		retry(() -> {
			if (!isPlaced()) {
				insertOrder();
			}
		}, (ex) -> ex instanceof NodeFailure);
	}

	// work outside of the transaction

	void workOutsideOfTheTransaction() {
		order();
		take();
	}

	void workInTheTransaction() {
		this.transaction.executeWithoutResult((status) -> {
			order();
			take();
		});
	}

	// unknown outcome

	void swallowedUnknownOutcome() {
		try {
			insertOrder();
		}
		catch (CommitOutcomeUnknownException ex) {
			// it will have been stored
		}
	}

	void passedUnknownOutcome() {
		insertOrder();
	}

	// session

	void sessionKeptOverATransaction() {
		tenant(false);
		this.transaction.executeWithoutResult((status) -> insertOrderOfTenant());
	}

	void sessionOfTheTransaction() {
		this.transaction.executeWithoutResult((status) -> {
			tenant(true);
			insertOrderOfTenant();
		});
	}

	private void tenant(boolean local) {
		this.jdbc.sql("SELECT set_config('shop.tenant', 'ada', :local)")
			.param("local", local)
			.query(String.class)
			.single();
	}

	private void insertOrderOfTenant() {
		this.jdbc.sql("INSERT INTO orders (request, tenant) VALUES ('1', current_setting('shop.tenant', true))")
			.update();
	}

	void temporaryTableKeptOverATransaction() {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("CREATE TEMPORARY TABLE IF NOT EXISTS cart (item text)").update();
			this.jdbc.sql("INSERT INTO cart VALUES ('tea')").update();
		});
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("INSERT INTO orders (request) SELECT item FROM cart").update();
			this.jdbc.sql("DROP TABLE cart").update();
		});
	}

	// failed statements

	void continueAfterAFailedStatement() {
		for (String request : List.of("1", "2")) {
			try {
				order(request);
			}
			catch (DataAccessException ex) {
				// the others can be placed nevertheless
			}
		}
	}

	void stopAfterAFailedStatement() {
		this.transaction.executeWithoutResult((status) -> List.of("1", "2").forEach(this::order));
	}

	// two transactions

	void twoTransactionsThatBelongTogether() {
		insertOrder();
		this.transaction.executeWithoutResult((status) -> take());
	}

	// side effects

	void sideEffectBeforeTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			order();
			this.messages.add("order placed");
		});
	}

	void outbox() {
		this.transaction.executeWithoutResult((status) -> {
			order();
			this.jdbc.sql("INSERT INTO message VALUES ('order placed')").update();
		});
	}

	// inner transactions

	void messageInATransactionOfItsOwn() {
		this.transaction.executeWithoutResult((status) -> {
			this.ownTransaction
				.executeWithoutResult((inner) -> this.jdbc.sql("INSERT INTO message VALUES ('order placed')").update());
			order();
		});
	}

	// updates that are not idempotent

	void retriedUpdate() {
		retry(() -> this.transaction.executeWithoutResult((status) -> take()), (ex) -> ex instanceof NodeFailure);
	}

	void retriedUpdateWithKey() {
		retry(() -> this.transaction.executeWithoutResult((status) -> {
			if (this.jdbc.sql("INSERT INTO request VALUES ('1') ON CONFLICT DO NOTHING").update() == 1) {
				take();
			}
		}), (ex) -> ex instanceof NodeFailure);
	}

	// connections

	void connectionKeptInAField() throws SQLException {
		if (this.kept == null) {
			this.kept = this.dataSource.getConnection();
		}
		try (var statement = this.kept.createStatement()) {
			statement.execute("INSERT INTO orders (request) VALUES ('1')");
		}
	}

	void releaseKeptConnection() throws SQLException {
		if (this.kept != null) {
			this.kept.close();
			this.kept = null;
		}
	}

	void connectionOfTheCall() throws SQLException {
		try (Connection connection = this.dataSource.getConnection(); var statement = connection.createStatement()) {
			statement.execute("INSERT INTO orders (request) VALUES ('1')");
		}
	}

	// threads

	void threadThatStays() {
		CountDownLatch placed = new CountDownLatch(1);
		notifyWhen(placed);
		insertOrder();
		placed.countDown();
	}

	void threadThatEnds() {
		CountDownLatch placed = new CountDownLatch(1);
		notifyWhen(placed);
		try {
			insertOrder();
		}
		finally {
			placed.countDown();
		}
	}

	private static void notifyWhen(CountDownLatch placed) {
		Thread notifier = new Thread(() -> awaitPlaced(placed), "notifier");
		notifier.setDaemon(true);
		notifier.start();
	}

	private static void awaitPlaced(CountDownLatch placed) {
		try {
			placed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// exceptions

	void hiddenCause() {
		try {
			insertOrder();
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("Try again later");
		}
	}

	void toldCause() {
		try {
			insertOrder();
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("Try again later", ex);
		}
	}

	// retry that gives up, and reads

	void retryOfWhatIsNotStored() {
		retry(this::insertOrder, NodeLostException.class::isInstance);
	}

	void readAfterTheCommit() {
		insertOrder();
		isPlaced();
	}

	void idsOfTheDatabase() {
		retry(() -> this.transaction.executeWithoutResult((status) -> {
			if (!isPlaced()) {
				long id = this.jdbc.sql("INSERT INTO orders (request) VALUES ('1') RETURNING id")
					.query(Long.class)
					.single();
				this.jdbc.sql("INSERT INTO line VALUES (:id, 'tea')").param("id", id).update();
			}
		}), (ex) -> ex instanceof NodeFailure);
	}

	boolean isPlaced() {
		return this.jdbc.sql("SELECT count(*) FROM orders").query(Long.class).single() > 0;
	}

	private void insertOrder() {
		this.transaction.executeWithoutResult((status) -> order());
	}

	private void order() {
		order("1");
	}

	private void order(String request) {
		this.jdbc.sql("INSERT INTO orders (request) VALUES (:request)").param("request", request).update();
	}

	private void take() {
		this.jdbc.sql("UPDATE stock SET quantity = quantity - 1 WHERE item = 'tea'").update();
	}

	private static void retry(Runnable work, Predicate<RuntimeException> repeatable) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			if (!repeatable.test(ex)) {
				throw ex;
			}
			work.run();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { HibernateJpaAutoConfiguration.class,
			DataJdbcRepositoriesAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	static class Application {

		@Bean
		Shop shop(DataSource dataSource, JdbcClient jdbc, PlatformTransactionManager transactions) {
			return new Shop(dataSource, jdbc, transactions);
		}

	}

}
