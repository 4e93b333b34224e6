package dev.failover.it.transaction;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.resilience.annotation.EnableResilientMethods;

/**
 * An application with JPA.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableResilientMethods
@Import(Ledger.class)
class WithJpa {

}
