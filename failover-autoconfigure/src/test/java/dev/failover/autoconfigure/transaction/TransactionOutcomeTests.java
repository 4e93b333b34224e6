package dev.failover.autoconfigure.transaction;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import dev.failover.transaction.NodeFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the table of transactions in {@code docs/retry.md}: what the caller of a
 * {@code @Transactional} method gets when the connection is lost at each point of the
 * transaction.
 */
final class TransactionOutcomeTests {

	@RegisterExtension
	private final StubApplication application = new StubApplication();

	@Test
	void aLossAtEachPointOfATransactionIsReportedAsDocumented() throws Exception {
		String documented = Files.readString(Path.of("..", "docs", "retry.md"));
		this.application.run((runner) -> runner.withBean(Service.class), (context) -> {
			String rows = Arrays.stream(Point.values())
				.map((point) -> row(context, point))
				.collect(Collectors.joining("\n"));
			assertThat(documented).contains(rows);
		});
	}

	private String row(AssertableApplicationContext context, Point point) {
		Completion completion = new Completion();
		Throwable thrown = null;
		try {
			point.lose(new Work(this.application, context, completion));
		}
		catch (RuntimeException ex) {
			thrown = ex;
		}
		this.application.primary.answer(Work.LOST);
		this.application.primary.answer("commit");
		assertThat(thrown).isInstanceOf(NodeFailure.class);
		return "| " + point.title + " | " + name(thrown) + " | " + completion + " | " + point.stored + " |";
	}

	private static String name(@Nullable Throwable thrown) {
		return (thrown != null) ? "`" + thrown.getClass().getSimpleName() + "`" : "none";
	}

	/**
	 * Points at which the connection of a transaction is lost.
	 */
	private enum Point {

		FIRST_STATEMENT("before or in the first statement", "no") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.observe();
					work.lose();
				});
			}

		},

		LATER_STATEMENT("in a later statement", "no") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.observe();
					work.succeed();
					work.lose();
				});
			}

		},

		SWALLOWED("in a statement whose exception the method swallows", "no") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.observe();
					work.loseAndSwallow();
				});
			}

		},

		BEFORE_COMMIT("in `beforeCommit()`", "no") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.observe();
					work.succeed();
					work.inBeforeCommit(work::lose);
				});
			}

		},

		COMMIT("in the commit", "unknown") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.observe();
					work.succeed();
					work.loseCommit();
				});
			}

		},

		AFTER_COMMIT("in `afterCommit()`", "yes; what `afterCommit()` did is unknown") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.observe();
					work.succeed();
					work.inAfterCommit(work::lose);
				});
			}

		},

		INNER("in an inner transaction (`REQUIRES_NEW`)", "neither, if the outer method lets the exception pass") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.succeed();
					work.service().requiresNew(() -> {
						work.observe();
						work.lose();
					});
				});
			}

		},

		SUSPENDED("in the outer transaction, after an inner one (`REQUIRES_NEW`)", "the inner one only") {

			@Override
			void lose(Work work) {
				work.service().required(() -> {
					work.observe();
					work.service().requiresNew(work::succeed);
					work.lose();
				});
			}

		};

		private final String title;

		private final String stored;

		Point(String title, String stored) {
			this.title = title;
			this.stored = stored;
		}

		abstract void lose(Work work);

	}

	/**
	 * Status that a callback after completion has received.
	 */
	private static final class Completion implements TransactionSynchronization {

		private int status = -1;

		@Override
		public void afterCompletion(int status) {
			this.status = status;
		}

		@Override
		public String toString() {
			return switch (this.status) {
				case STATUS_COMMITTED -> "committed";
				case STATUS_ROLLED_BACK -> "rolled back";
				case STATUS_UNKNOWN -> "unknown";
				default -> "not called";
			};
		}

	}

	/**
	 * Statements and callbacks of a transaction.
	 *
	 * @param completion notes how the transaction ended that is observed
	 */
	private record Work(StubApplication application, AssertableApplicationContext context, Completion completion) {

		static final String LOST = "insert lost";

		Service service() {
			return this.context.getBean(Service.class);
		}

		void observe() {
			TransactionSynchronizationManager.registerSynchronization(this.completion);
		}

		void succeed() {
			jdbc().execute("insert");
		}

		void lose() {
			this.application.primary.fail(LOST, "08006");
			jdbc().execute(LOST);
		}

		void loseAndSwallow() {
			try {
				lose();
			}
			catch (RuntimeException ex) {
				assertThat(ex).isInstanceOf(NodeFailure.class);
			}
		}

		void loseCommit() {
			this.application.primary.fail("commit", "08006");
		}

		void inBeforeCommit(Runnable work) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					work.run();
				}

			});
		}

		void inAfterCommit(Runnable work) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					work.run();
				}

			});
		}

		private JdbcTemplate jdbc() {
			return this.context.getBean(JdbcTemplate.class);
		}

	}

	/**
	 * Service whose methods run work in transactions.
	 */
	static class Service {

		@Transactional
		public void required(Runnable work) {
			work.run();
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public void requiresNew(Runnable work) {
			work.run();
		}

	}

}
