package dev.failover.autoconfigure.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import javax.sql.DataSource;

import dev.failover.FailoverObserver;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link CommitOutcomeUnknownException}, which reports only a commit whose
 * answer was lost, with each kind of transaction manager.
 */
final class CommitOutcomeTests {

	@RegisterExtension
	private final StubApplication application = new StubApplication();

	private final List<Integer> completions = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "08006", "57P01", "57P02", "08P01", "08007" })
	void aCommitWhoseAnswerIsLostIsUnknownAndNotRolledBack(String sqlState) {
		this.application.primary.fail("commit", sqlState);
		this.application.run((context) -> {
			assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JdbcTransactionManager.class);
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> work(context))
				.withMessageContainingAll("'primary'", "mode NORMAL", "may or may not be stored", "look for it")
				.satisfies((ex) -> assertThat(ex.node()).isEqualTo("primary"))
				.satisfies((ex) -> assertThat(ex.mode()).isEqualTo(Mode.NORMAL));
			assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
		});
	}

	@Test
	void aManagerWithoutATranslatorReportsALostCommit() {
		this.application.primary.fail("commit", "08006");
		this.application.run((runner) -> runner.withPropertyValues("spring.dao.exceptiontranslation.enabled=false"),
				(context) -> {
					assertThat(context.getBean(PlatformTransactionManager.class))
						.isExactlyInstanceOf(DataSourceTransactionManager.class);
					assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> work(context));
					assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
				});
	}

	@Test
	void aManagerOfTheApplicationReportsALostCommitAndKeepsItsTranslator() {
		this.application.run((runner) -> runner.withUserConfiguration(OwnManager.class), (context) -> {
			this.application.primary.fail("commit", "40001");
			assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> work(context))
				.withMessage("own: JDBC commit");
			this.application.primary.fail("commit", "08006");
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> work(context));
		});
	}

	@Test
	void aRollbackAfterAFailedCommitDoesNotHideALostCommit() {
		this.application.primary.fail("commit", "08006");
		this.application.run((context) -> {
			context.getBean(AbstractPlatformTransactionManager.class).setRollbackOnCommitFailure(true);
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> work(context));
			assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
		});
	}

	@ParameterizedTest
	@CsvSource({ "commit, 08006, true, 1", "commit, 40001, true, 0", "insert, 08006, true, 0",
			"insert, 08006, false, 1", "insert, 40001, false, 0" })
	void anUnknownOutcomeIsToldToObserversOnce(String call, String sqlState, boolean inTransaction, int times) {
		List<Node> told = new ArrayList<>();
		this.application.primary.fail(call, sqlState);
		this.application.run((runner) -> runner.withBean(FailoverObserver.class, () -> observer(told)), (context) -> {
			context.getBean(AbstractPlatformTransactionManager.class).setRollbackOnCommitFailure(true);
			JdbcTemplate template = context.getBean(JdbcTemplate.class);
			assertThatException().isThrownBy(() -> {
				if (inTransaction) {
					StubApplication.transaction(context).executeWithoutResult((status) -> template.execute("insert"));
				}
				else {
					template.execute("insert");
				}
			});
			assertThat(told).containsExactlyElementsOf(Collections.nCopies(times, new Node("primary")));
		});
	}

	@ParameterizedTest
	@CsvSource({ "insert, 08006, 1", "insert, 08003, 0", "select 1, 08006, 0" })
	void onlyAWriteAfterTheCommitHasAnUnknownOutcome(String sql, String sqlState, int times) {
		List<Node> told = new ArrayList<>();
		this.application.run((runner) -> runner.withBean(FailoverObserver.class, () -> observer(told)), (context) -> {
			assertThatExceptionOfType(WriteOutcomeUnknownException.class)
				.isThrownBy(() -> afterCommit(context, Ordered.LOWEST_PRECEDENCE, () -> {
					this.application.primary.fail(sql, sqlState);
					context.getBean(JdbcTemplate.class).execute(sql);
				}));
			assertThat(told).hasSize(times);
		});
	}

	private static FailoverObserver observer(List<Node> told) {
		return new FailoverObserver() {

			@Override
			public void outcomeUnknown(Node node) {
				told.add(node);
			}

		};
	}

	@Test
	void aCommitThatTheServerRefusedIsReportedAsRolledBack() {
		this.application.primary.fail("commit", "40001");
		this.application.run((context) -> {
			assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> work(context));
			assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
		});
	}

	@Test
	void aCommitThatWasNeverSentIsReportedAsALoss() {
		this.application.primary.fail("commit", "08003");
		this.application
			.run((context) -> assertThatExceptionOfType(NodeLostException.class).isThrownBy(() -> work(context)));
	}

	@Test
	void aCommitAfterALossThatTheApplicationSwallowedIsReportedAsALoss() {
		this.application.primary.fail("insert", "08006");
		this.application.run((context) -> assertThatExceptionOfType(NodeLostException.class)
			.isThrownBy(() -> StubApplication.transaction(context)
				.executeWithoutResult((status) -> assertThatException()
					.isThrownBy(() -> context.getBean(JdbcTemplate.class).execute("insert")))));
	}

	@Test
	void theCommitOfAReadOnlyTransactionIsNeverUnknown() {
		this.application.primary.fail("commit", "08006");
		this.application.run((context) -> {
			TransactionTemplate template = StubApplication.transaction(context);
			template.setReadOnly(true);
			assertThatExceptionOfType(NodeLostException.class)
				.isThrownBy(() -> template.executeWithoutResult((status) -> {
				}));
		});
	}

	@Test
	void aLostCommitOfAnInnerTransactionDoesNotEndTheOuterOne() {
		this.application.run((context) -> {
			TransactionTemplate inner = StubApplication.transaction(context);
			inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			assertThatNoException()
				.isThrownBy(() -> StubApplication.transaction(context).executeWithoutResult((status) -> {
					this.application.primary.fail("commit", "08006");
					assertThatExceptionOfType(CommitOutcomeUnknownException.class)
						.isThrownBy(() -> inner.executeWithoutResult((innerStatus) -> {
						}));
					this.application.primary.answer("commit");
				}));
		});
	}

	/** Callbacks are called in their order, from the lowest number on. */
	@ParameterizedTest
	@ValueSource(ints = { Ordered.HIGHEST_PRECEDENCE + 1, Ordered.LOWEST_PRECEDENCE })
	void aLossAfterTheCommitDoesNotSayThatNothingWasStored(int order) {
		this.application.run((context) -> assertThatExceptionOfType(WriteOutcomeUnknownException.class)
			.isThrownBy(() -> afterCommit(context, order, () -> {
				this.application.primary.fail("insert", "08006");
				context.getBean(JdbcTemplate.class).execute("insert");
			}))
			.withMessageContainingAll("'primary'", "after the commit", "was stored", "do not repeat it"));
	}

	@Test
	void aNewTransactionAfterTheCommitIsReportedAsALoss() {
		this.application.run((context) -> {
			TransactionTemplate inner = StubApplication.transaction(context);
			inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			assertThatExceptionOfType(NodeLostException.class)
				.isThrownBy(() -> afterCommit(context, Ordered.LOWEST_PRECEDENCE, () -> {
					this.application.primary.fail("insert", "08006");
					inner.executeWithoutResult((status) -> context.getBean(JdbcTemplate.class).execute("insert"));
				}));
		});
	}

	private static void afterCommit(AssertableApplicationContext context, int order, Runnable work) {
		StubApplication.transaction(context).executeWithoutResult((status) -> {
			context.getBean(JdbcTemplate.class).execute("insert");
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public int getOrder() {
					return order;
				}

				@Override
				public void afterCommit() {
					work.run();
				}

			});
		});
	}

	@Test
	void theNextTransactionOfTheThreadIsNotAffected() {
		this.application.primary.fail("commit", "08006");
		this.application.run((context) -> {
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> work(context));
			this.application.primary.answer("commit");
			assertThatNoException().isThrownBy(() -> work(context));
		});
	}

	private void work(AssertableApplicationContext context) {
		StubApplication.transaction(context).executeWithoutResult((status) -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int outcome) {
					CommitOutcomeTests.this.completions.add(outcome);
				}

			});
			context.getBean(JdbcTemplate.class).execute("insert");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnManager {

		@Bean
		JdbcTransactionManager ownTransactionManager(DataSource dataSource) {
			JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
			manager.setExceptionTranslator((task, sql, ex) -> new DataRetrievalFailureException("own: " + task));
			return manager;
		}

	}

}
