package dev.failover.it.library;

import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;
import org.springframework.modulith.events.config.EventExternalizationAutoConfiguration;
import org.springframework.modulith.events.config.EventPublicationAutoConfiguration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Application that accesses its database with JPA and a second-level cache.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
		exclude = { JooqAutoConfiguration.class, MybatisAutoConfiguration.class, QuartzAutoConfiguration.class,
				EventPublicationAutoConfiguration.class, EventExternalizationAutoConfiguration.class },
		excludeName = "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration")
class JpaConfiguration {

}
