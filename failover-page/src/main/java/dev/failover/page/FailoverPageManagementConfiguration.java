package dev.failover.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Configuration that serves the page on the server of the management endpoints, so that
 * its scripts reach the endpoint on their own origin.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(ChangeStream.class)
class FailoverPageManagementConfiguration {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** After the controllers of the application, before its static resources. */
	private static final int ORDER = 1;

	@Bean
	SimpleUrlHandlerMapping failoverPageHandlerMapping(FailoverPageProperties properties, ChangeStream changes,
			ObjectProvider<PathMappedEndpoints> endpoints, EndpointAccessResolver access, Environment environment,
			ObjectProvider<PageScript> scripts) throws Exception {
		SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping();
		mapping.setOrder(ORDER);
		mapping.setInterceptors(new SecurityHeaders());
		String endpoint = path("failover", endpoints);
		if (endpoint.isEmpty()) {
			logger.warn("The page for operators is not served: the endpoint 'failover' is not exposed. Add it to "
					+ "'management.endpoints.web.exposure.include', or remove 'failover.page.enabled'");
			mapping.setUrlMap(Map.of());
			return mapping;
		}
		String directory = properties.directory();
		Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();
		handlers.put(properties.getPath(), new PageDocument(directory,
				values(endpoint, endpoints, access, environment, scripts.orderedStream().toList())));
		handlers.put(directory + "events", changes);
		handlers.put(directory + "assets/**", assets());
		mapping.setUrlMap(handlers);
		return mapping;
	}

	/**
	 * Returns the path of an endpoint, or an empty text if it is not exposed.
	 */
	private static String path(String id, ObjectProvider<PathMappedEndpoints> endpoints) {
		return endpoints.stream()
			.map((all) -> all.getPath(EndpointId.of(id)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse("");
	}

	private static Map<String, String> values(String endpoint, ObjectProvider<PathMappedEndpoints> endpoints,
			EndpointAccessResolver access, Environment environment, List<PageScript> scripts) {
		Access allowed = access.accessFor(EndpointId.of("failover"), Access.READ_ONLY);
		return Map.of("endpoint", endpoint, "metrics", path("metrics", endpoints), "access", allowed.name(),
				"application", environment.getProperty("spring.application.name", "application"), "scripts",
				scripts.stream().map(PageScript::url).collect(Collectors.joining(" ")));
	}

	private static HttpRequestHandler assets() throws Exception {
		ResourceHttpRequestHandler handler = new ResourceHttpRequestHandler();
		handler.setLocations(List.of(new ClassPathResource("META-INF/failover/page/assets/")));
		handler.setCacheControl(CacheControl.noCache());
		handler.afterPropertiesSet();
		return handler;
	}

	/**
	 * Adapter for a management server of its own, which has none for handlers of this
	 * type.
	 */
	@Bean
	HttpRequestHandlerAdapter failoverPageHandlerAdapter() {
		return new HttpRequestHandlerAdapter();
	}

}
