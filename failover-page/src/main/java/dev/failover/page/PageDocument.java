package dev.failover.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.util.HtmlUtils;

/**
 * Serves the document of the page. It contains no state: its scripts ask the endpoint.
 * Thread-safe.
 */
final class PageDocument implements HttpRequestHandler {

	private static final String RESOURCE = "/META-INF/failover/page/index.html";

	private final String template = load();

	private final String directory;

	private final Map<String, String> values;

	/**
	 * Creates the document.
	 * @param directory path below which the parts of the page are
	 * @param values text for each placeholder of the template. What begins with a slash
	 * is a path below the context path
	 */
	PageDocument(String directory, Map<String, String> values) {
		this.directory = directory;
		this.values = Map.copyOf(values);
	}

	private static String load() {
		try (InputStream resource = PageDocument.class.getResourceAsStream(RESOURCE)) {
			if (resource == null) {
				throw new IllegalStateException("The resource " + RESOURCE + " is missing");
			}
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String context = request.getContextPath();
		String document = this.template.replace("{{directory}}", HtmlUtils.htmlEscape(context + this.directory))
			.replace("{{context}}", HtmlUtils.htmlEscape(context));
		for (Map.Entry<String, String> value : this.values.entrySet()) {
			String text = value.getValue().startsWith("/") ? context + value.getValue() : value.getValue();
			document = document.replace("{{" + value.getKey() + "}}", HtmlUtils.htmlEscape(text));
		}
		response.setContentType(MediaType.TEXT_HTML_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader("Cache-Control", "no-store");
		response.getWriter().write(document);
	}

}
