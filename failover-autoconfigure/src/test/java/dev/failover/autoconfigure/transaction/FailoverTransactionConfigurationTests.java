package dev.failover.autoconfigure.transaction;

import java.sql.SQLException;

import javax.sql.DataSource;

import dev.failover.Mode;
import dev.failover.autoconfigure.FailoverAutoConfiguration;
import dev.failover.internal.transaction.FailoverExceptionTranslator;
import dev.failover.stub.StubDialect;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeFailure;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.integration.jdbc.lock.StubJdbcLock;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FailoverTransactionConfiguration}: translation of the errors of lost
 * and read-only nodes.
 */
final class FailoverTransactionConfigurationTests {

	@RegisterExtension
	private final StubApplication application = new StubApplication();

	@Test
	void aStatementLostInATransactionIsRecoverableAndItsRollbackDoesNotHideIt() {
		this.application.primary.fail("insert", "08006");
		this.application.run((context) -> assertThatExceptionOfType(NodeLostException.class)
			.isThrownBy(() -> inTransaction(context, "insert"))
			.isInstanceOf(RecoverableDataAccessException.class)
			.withMessageContainingAll("'primary'", "08006", "mode NORMAL since epoch", "writes go to 'primary'",
					"begin a new transaction")
			.satisfies(FailoverTransactionConfigurationTests::namesNodeAndMode)
			.satisfies((ex) -> assertThat(ex.getCause()).hasMessageContaining("'insert' failed")));
	}

	@Test
	void aRollbackAfterALossThatTheApplicationSwallowedIsReportedAsALoss() {
		this.application.primary.fail("insert", "08006");
		this.application.run((context) -> assertThatExceptionOfType(NodeLostException.class)
			.isThrownBy(() -> StubApplication.transaction(context).executeWithoutResult((status) -> {
				assertThatException().isThrownBy(() -> context.getBean(JdbcTemplate.class).execute("insert"));
				status.setRollbackOnly();
			}))
			.withRootCauseInstanceOf(SQLException.class)
			.satisfies(FailoverTransactionConfigurationTests::namesNodeAndMode));
	}

	@Test
	void aRollbackOnALostNodeIsReportedAsALoss() {
		this.application.primary.fail("rollback", "57P01");
		this.application.run((context) -> assertThatExceptionOfType(NodeLostException.class).isThrownBy(
				() -> StubApplication.transaction(context).executeWithoutResult((status) -> status.setRollbackOnly())));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "insert into entry values (1)", "call p()", "with x as (delete from e returning 1) select" })
	void aStatementThatCommitsByItselfHasAnUnknownOutcome(String sql) {
		this.application.primary.fail(sql, "08006");
		this.application.run((context) -> assertThatExceptionOfType(WriteOutcomeUnknownException.class)
			.isThrownBy(() -> context.getBean(JdbcTemplate.class).execute(sql))
			.isInstanceOf(DataAccessResourceFailureException.class)
			.withMessageContainingAll("'primary'", "may or may not have been executed")
			.satisfies(FailoverTransactionConfigurationTests::namesNodeAndMode));
	}

	@Test
	void aQueryOutsideOfTransactionsMayBeRepeated() {
		this.application.primary.fail(" SELECT 1", "08006");
		this.application.run((context) -> assertThatExceptionOfType(NodeLostException.class)
			.isThrownBy(() -> context.getBean(JdbcTemplate.class).execute(" SELECT 1")));
	}

	@Test
	void aWriteThatADemotedNodeRefusesIsTransient() {
		this.application.run((context) -> {
			context.getBean(JdbcTemplate.class).execute("select 1");
			this.application.primary.fail(StubDialect.ROLE, StubDialect.READ_ONLY);
			this.application.primary.fail("insert", "25006");
			assertThatExceptionOfType(NoWritableNodeException.class).isThrownBy(() -> inTransaction(context, "insert"))
				.isInstanceOf(TransientDataAccessResourceException.class)
				.withMessageContaining("'primary' takes no writes")
				.satisfies((ex) -> assertThat(ex.node()).isEqualTo("primary"))
				.satisfies((ex) -> assertThat(ex.mode()).isNotNull());
		});
	}

	/** Its callers would repeat a transient error without end. */
	@Test
	void aRefusedWriteInTheLockRegistryOfSpringIntegrationIsTranslatedAsWithoutFailover() {
		this.application.run((context) -> {
			context.getBean(JdbcTemplate.class).execute("select 1");
			this.application.primary.fail(StubDialect.ROLE, StubDialect.READ_ONLY);
			this.application.primary.fail("insert", "25006");
			assertThatExceptionOfType(UncategorizedSQLException.class)
				.isThrownBy(() -> StubJdbcLock.run(() -> inTransaction(context, "insert")));
		});
	}

	@Test
	void aWriteInASessionThatTheApplicationMadeReadOnlyIsTranslatedAsWithoutFailover() {
		this.application.primary.fail("insert", "25006");
		this.application.run((context) -> {
			assertThatExceptionOfType(UncategorizedSQLException.class)
				.isThrownBy(() -> inTransaction(context, "insert"));
			assertThatExceptionOfType(UncategorizedSQLException.class)
				.isThrownBy(() -> context.getBean(JdbcTemplate.class).execute("insert"));
		});
	}

	@Test
	void aWriteInAReadOnlyTransactionIsTranslatedAsWithoutFailover() {
		this.application.primary.fail("insert", "25006");
		this.application.run((context) -> {
			TransactionTemplate template = StubApplication.transaction(context);
			template.setReadOnly(true);
			assertThatExceptionOfType(UncategorizedSQLException.class).isThrownBy(() -> template
				.executeWithoutResult((status) -> context.getBean(JdbcTemplate.class).execute("insert")));
		});
	}

	@Test
	void otherErrorsAreTranslatedAsWithoutFailover() {
		this.application.primary.fail("insert", "23505");
		this.application.run((context) -> assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> inTransaction(context, "insert")));
	}

	@Test
	void keepsTheTranslatorOfTheApplication() {
		SQLExceptionTranslator own = (task, sql, ex) -> new DataRetrievalFailureException("own", ex);
		this.application.primary.fail("select", "08006");
		this.application.run((runner) -> runner.withBean("own", SQLExceptionTranslator.class, () -> own), (context) -> {
			assertThat(context).hasSingleBean(SQLExceptionTranslator.class);
			assertThatExceptionOfType(DataRetrievalFailureException.class)
				.isThrownBy(() -> context.getBean(JdbcTemplate.class).execute("select"));
		});
	}

	@Test
	void jdbcTemplateUsesTheTranslator() {
		this.application.run((context) -> assertThat(context.getBean(JdbcTemplate.class).getExceptionTranslator())
			.isSameAs(context.getBean(FailoverExceptionTranslator.class)));
	}

	@Test
	void templatesThatABeanCreatesUseTheTranslator() {
		this.application.primary.fail("insert", "08006");
		this.application.run((runner) -> runner.withBean(Templates.class), (context) -> {
			Templates templates = context.getBean(Templates.class);
			assertThatExceptionOfType(WriteOutcomeUnknownException.class)
				.isThrownBy(() -> templates.template.execute("insert"));
			assertThatExceptionOfType(WriteOutcomeUnknownException.class)
				.isThrownBy(() -> templates.named.getJdbcOperations().execute("insert"));
			assertThatExceptionOfType(WriteOutcomeUnknownException.class)
				.isThrownBy(() -> templates.client.sql("insert").query().listOfRows());
		});
	}

	@Test
	void aTemplateWithATranslatorOfItsOwnIsLeftAlone() {
		this.application.primary.fail("insert", "08006");
		this.application.run((runner) -> runner.withBean(Templates.class),
				(context) -> assertThatExceptionOfType(DataRetrievalFailureException.class)
					.isThrownBy(() -> context.getBean(Templates.class).own.execute("insert")));
	}

	@Test
	void startsWithoutJpa() {
		this.application.run(
				(runner) -> runner.withClassLoader(
						new FilteredClassLoader("org.springframework.orm", "org.hibernate", "jakarta.persistence")),
				(context) -> assertThat(context).hasSingleBean(FailoverExceptionTranslator.class)
					.doesNotHaveBean(HibernateDialectPostProcessor.class));
	}

	@Test
	void definesNoTranslatorWithoutFailover() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SQLExceptionTranslator.class));
	}

	/**
	 * Bean with templates of its own.
	 */
	static class Templates {

		private final JdbcTemplate template;

		private final NamedParameterJdbcTemplate named;

		private final JdbcClient client;

		private final JdbcTemplate own;

		Templates(DataSource dataSource) {
			this.template = new JdbcTemplate(dataSource);
			this.named = new NamedParameterJdbcTemplate(dataSource);
			this.client = JdbcClient.create(dataSource);
			this.own = new JdbcTemplate(dataSource);
			this.own.setExceptionTranslator((task, sql, ex) -> new DataRetrievalFailureException("own", ex));
		}

	}

	private static void namesNodeAndMode(NodeFailure failure) {
		assertThat(failure.node()).isEqualTo("primary");
		assertThat(failure.mode()).isEqualTo(Mode.NORMAL);
	}

	private static void inTransaction(AssertableApplicationContext context, String sql) {
		StubApplication.transaction(context)
			.executeWithoutResult((status) -> context.getBean(JdbcTemplate.class).execute(sql));
	}

}
