package dev.failover.internal.transaction;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.support.CustomSQLExceptionTranslatorRegistry;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorCodeTranslation}. Spring's registry is global: each test uses a
 * product that nothing else uses.
 */
final class ErrorCodeTranslationTests {

	private static final CustomSQLExceptionTranslatorRegistry registry = CustomSQLExceptionTranslatorRegistry
		.getInstance();

	@Test
	void aTranslatorOfTheApplicationIsAskedNext() {
		registry.registerTranslator("HDB", (task, sql, ex) -> new DataRetrievalFailureException("own"));
		ErrorCodeTranslation.register("HDB");
		assertThat(registry.findTranslatorForDatabase("HDB")).isInstanceOf(ErrorCodeTranslation.class);
		assertThat(new SQLErrorCodeSQLExceptionTranslator("HDB").translate("task", null, new SQLException()))
			.hasMessage("own");
	}

	@Test
	void otherErrorsAreTranslatedByTheirCodes() {
		ErrorCodeTranslation.register("Derby");
		assertThat(new SQLErrorCodeSQLExceptionTranslator("Derby").translate("task", null,
				new SQLException("no table", "42Y55")))
			.isInstanceOf(BadSqlGrammarException.class);
	}

	@Test
	void registersOnce() {
		ErrorCodeTranslation.register("H2");
		SQLExceptionTranslator first = registry.findTranslatorForDatabase("H2");
		ErrorCodeTranslation.register("H2");
		assertThat(registry.findTranslatorForDatabase("H2")).isSameAs(first).isInstanceOf(ErrorCodeTranslation.class);
	}

}
