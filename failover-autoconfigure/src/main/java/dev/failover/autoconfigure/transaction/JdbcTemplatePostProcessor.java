package dev.failover.autoconfigure.transaction;

import java.lang.reflect.Field;

import dev.failover.internal.transaction.FailoverExceptionTranslator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcAccessor;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.util.ReflectionUtils;

/**
 * Adds the translation of node errors to each {@code JdbcTemplate} that is a bean or a
 * field of one, such as those that Spring Session, Spring Integration and data access
 * objects create for themselves. A template with a translator other than Spring's default
 * is left alone.
 * <p>
 * Runs before proxies are created.
 */
final class JdbcTemplatePostProcessor implements BeanPostProcessor, PriorityOrdered {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (isTemplate(bean.getClass())) {
			translate(bean);
		}
		else {
			translateFields(bean);
		}
		return bean;
	}

	private static boolean isTemplate(Class<?> type) {
		return JdbcOperations.class.isAssignableFrom(type) || NamedParameterJdbcOperations.class.isAssignableFrom(type)
				|| JdbcClient.class.isAssignableFrom(type);
	}

	private static void translate(@Nullable Object template) {
		if (template instanceof JdbcAccessor accessor) {
			translate(accessor);
		}
		else if (template instanceof NamedParameterJdbcTemplate named) {
			translate(named.getJdbcOperations());
		}
		else if (template instanceof JdbcClient client) {
			translateFields(client);
		}
	}

	private static void translate(JdbcAccessor accessor) {
		SQLExceptionTranslator own = accessor.getExceptionTranslator();
		if (own.getClass() == SQLExceptionSubclassTranslator.class
				|| own.getClass() == SQLErrorCodeSQLExceptionTranslator.class) {
			accessor.setExceptionTranslator(new FailoverExceptionTranslator(() -> own));
		}
	}

	/**
	 * Translates in the templates that are fields of an object. Spring has read and kept
	 * the fields of most beans before.
	 */
	private static void translateFields(Object holder) {
		try {
			ReflectionUtils.doWithFields(holder.getClass(), (field) -> translate(value(field, holder)),
					(field) -> isTemplate(field.getType()));
		}
		catch (IllegalStateException ex) {
			// a type of one of its fields is not on the class path
		}
	}

	private static @Nullable Object value(Field field, Object holder) throws IllegalAccessException {
		return field.trySetAccessible() ? field.get(holder) : null;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
