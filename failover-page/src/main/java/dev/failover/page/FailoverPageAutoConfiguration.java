package dev.failover.page;

import dev.failover.Failover;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Auto-configuration for the page for operators.
 */
@AutoConfiguration(afterName = "dev.failover.autoconfigure.FailoverAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ DispatcherServlet.class, ManagementContextConfiguration.class })
@ConditionalOnBooleanProperty("failover.page.enabled")
@ConditionalOnBean(Failover.class)
@EnableConfigurationProperties(FailoverPageProperties.class)
public final class FailoverPageAutoConfiguration {

	@Bean
	ChangeStream failoverPageChangeStream() {
		return new ChangeStream();
	}

}
