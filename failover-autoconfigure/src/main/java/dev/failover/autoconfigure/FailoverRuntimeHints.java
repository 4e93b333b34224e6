package dev.failover.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * {@link RuntimeHintsRegistrar} for what is used by reflection: the settings and fields
 * of the pools, the names of the properties, placeholder connections, and the socket
 * factories, which drivers create by name. The dialects are known from
 * {@code spring.factories}.
 */
final class FailoverRuntimeHints implements RuntimeHintsRegistrar {

	private static final String SOCKETS = "dev/failover/internal/socket/";

	/** Classes of HikariCP whose fields are set. */
	private static final List<String> POOL = List.of("com.zaxxer.hikari.pool.HikariPool",
			"com.zaxxer.hikari.pool.PoolBase");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(HikariConfig.class, FailoverProperties.class).registerHints(hints);
		hints.proxies().registerJdkProxy(Connection.class).registerJdkProxy(Statement.class);
		POOL.forEach((type) -> hints.reflection()
			.registerType(TypeReference.of(type), MemberCategory.ACCESS_DECLARED_FIELDS));
		socketFactories(classLoader).forEach((factory) -> hints.reflection()
			.registerType(TypeReference.of(factory), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
	}

	private static List<String> socketFactories(@Nullable ClassLoader classLoader) {
		try {
			Resource[] classes = new PathMatchingResourcePatternResolver(classLoader)
				.getResources("classpath*:" + SOCKETS + "*/*SocketFactory.class");
			return Stream.of(classes).map(FailoverRuntimeHints::className).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String className(Resource resource) {
		try {
			String url = resource.getURL().toString();
			return url.substring(url.lastIndexOf(SOCKETS), url.length() - ".class".length()).replace('/', '.');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
