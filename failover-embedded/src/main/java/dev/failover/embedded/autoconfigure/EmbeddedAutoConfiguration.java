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
 * {@link AutoConfiguration Auto-configuration} for an {@link EmbeddedPair}. Active if
 * neither the primary nor the mirror is configured and the application does not define
 * its own data source.
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
			.database(properties.getDatabase())
			.username(properties.getUsername())
			.synchronous(properties.isSynchronous())
			.promoteAfter(properties.getPromoteAfter())
			.fencing(properties.isFencing())
			// the application context closes the pair after the beans that use it
			.closeOnExit(false);
		if (properties.getPassword() != null) {
			builder.password(properties.getPassword());
		}
		return builder.start();
	}

	@Bean
	JdbcConnectionDetails embeddedPrimaryConnectionDetails(EmbeddedPair pair) {
		return new EmbeddedConnectionDetails.Primary(pair);
	}

	@Bean
	MirrorConnectionDetails embeddedMirrorConnectionDetails(EmbeddedPair pair) {
		return new EmbeddedConnectionDetails.Mirror(pair);
	}

	/**
	 * Condition that matches if no database is configured.
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
