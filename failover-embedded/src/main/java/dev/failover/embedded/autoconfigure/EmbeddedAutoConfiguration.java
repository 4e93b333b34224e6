package dev.failover.embedded.autoconfigure;

import javax.sql.DataSource;

import dev.failover.autoconfigure.MirrorConnectionDetails;
import dev.failover.embedded.EmbeddedPair;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of an {@link EmbeddedPair}: on when neither the primary nor the
 * mirror is configured and the application defines no data source of its own.
 */
@AutoConfiguration(beforeName = { "dev.failover.autoconfigure.FailoverAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" })
@ConditionalOnClass({ JdbcConnectionDetails.class, MirrorConnectionDetails.class })
@ConditionalOnBooleanProperty(name = "failover.embedded.enabled", matchIfMissing = true)
@Conditional(EmbeddedAutoConfiguration.NoDatabaseConfigured.class)
@ConditionalOnMissingBean({ DataSource.class, JdbcConnectionDetails.class, MirrorConnectionDetails.class })
@EnableConfigurationProperties(EmbeddedProperties.class)
public final class EmbeddedAutoConfiguration {

	@Bean
	EmbeddedPair embeddedPair(EmbeddedProperties properties) {
		EmbeddedPair.Builder builder = EmbeddedPair.builder()
			.database(properties.database())
			.username(properties.username())
			.synchronous(properties.synchronous())
			.promoteAfter(properties.promoteAfter())
			.fencing(properties.fencing())
			// the context closes it, after those who use it
			.closeOnExit(false);
		if (properties.password() != null) {
			builder.password(properties.password());
		}
		return builder.start();
	}

	@Bean
	JdbcConnectionDetails embeddedPrimaryConnectionDetails(EmbeddedPair pair) {
		return new EmbeddedPrimaryConnectionDetails(pair);
	}

	@Bean
	MirrorConnectionDetails embeddedMirrorConnectionDetails(EmbeddedPair pair) {
		return new EmbeddedMirrorConnectionDetails(pair);
	}

	/**
	 * No database is configured.
	 */
	static final class NoDatabaseConfigured extends NoneNestedConditions {

		NoDatabaseConfigured() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnProperty("spring.datasource.url")
		static final class Primary {

		}

		@ConditionalOnProperty("spring.datasource.jndi-name")
		static final class Jndi {

		}

		@ConditionalOnProperty("failover.mirror.url")
		static final class Mirror {

		}

	}

}
