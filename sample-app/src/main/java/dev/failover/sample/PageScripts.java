package dev.failover.sample;

import dev.failover.page.PageScript;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Adds the order service, and the faults of the embedded pair, to the live page.
 */
@Configuration(proxyBeanMethods = false)
final class PageScripts {

	@Bean
	@Profile("embedded")
	static PageScript demoScript() {
		return new PageScript("/demo.js");
	}

	@Bean
	static PageScript orderScript() {
		return new PageScript("/orders.js");
	}

}
