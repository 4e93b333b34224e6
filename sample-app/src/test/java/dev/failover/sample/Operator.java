package dev.failover.sample;

import java.security.Principal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/**
 * Adds the name of a caller to each request, as Spring Security does, and records audit
 * events.
 */
@TestConfiguration(proxyBeanMethods = false)
class Operator {

	static final String NAME = "alice";

	private final List<AuditEvent> auditEvents = new CopyOnWriteArrayList<>();

	@Bean
	Filter login() {
		Principal alice = () -> NAME;
		return (request, response, chain) -> chain
			.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

				@Override
				public Principal getUserPrincipal() {
					return alice;
				}

			}, response);
	}

	@Bean
	ApplicationListener<AuditApplicationEvent> audits() {
		return (event) -> this.auditEvents.add(event.getAuditEvent());
	}

	/**
	 * Returns the audit events so far.
	 */
	List<AuditEvent> auditEvents() {
		return this.auditEvents;
	}

}
