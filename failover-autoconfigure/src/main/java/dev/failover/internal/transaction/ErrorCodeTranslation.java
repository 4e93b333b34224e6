package dev.failover.internal.transaction;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.CustomSQLExceptionTranslatorRegistry;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Adds the translation of node errors to Spring's translation by error codes, which
 * MyBatis and jOOQ use. Spring keeps one translator for each database product and JVM;
 * one that the application has registered is asked after this one.
 */
public final class ErrorCodeTranslation implements SQLExceptionTranslator {

	private final SQLExceptionTranslator faults;

	private ErrorCodeTranslation(@Nullable SQLExceptionTranslator own) {
		this.faults = new FailoverExceptionTranslator(() -> (own != null) ? own : (task, sql, ex) -> null);
	}

	/**
	 * Registers the translation, unless that has been done.
	 * @param product name of a database product, as its driver reports it
	 */
	public static void register(String product) {
		CustomSQLExceptionTranslatorRegistry registry = CustomSQLExceptionTranslatorRegistry.getInstance();
		SQLExceptionTranslator own = registry.findTranslatorForDatabase(product);
		if (!(own instanceof ErrorCodeTranslation)) {
			registry.registerTranslator(product, new ErrorCodeTranslation(own));
		}
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		return this.faults.translate(task, sql, ex);
	}

}
