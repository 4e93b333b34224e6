package dev.failover.sample;

import java.nio.charset.StandardCharsets;

import com.jayway.jsonpath.JsonPath;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestBodySpec;
import org.springframework.web.client.RestClient.RequestHeadersSpec;

/**
 * HTTP client of the running service that returns every answer, whatever its status.
 */
final class Client {

	private final RestClient http;

	Client(int port) {
		this.http = RestClient.create("http://127.0.0.1:" + port);
	}

	Answer get(String path) {
		return answer(this.http.get().uri(path));
	}

	Answer post(String path) {
		return answer(request(path));
	}

	Answer post(String path, String json) {
		return answer(request(path).contentType(MediaType.APPLICATION_JSON).body(json));
	}

	Answer place(String customer) {
		return post("/orders", """
				{"customer": "%s", "item": "tea", "quantity": 1}""".formatted(customer));
	}

	private RequestBodySpec request(String path) {
		return this.http.method(HttpMethod.POST).uri(path);
	}

	private static Answer answer(RequestHeadersSpec<?> request) {
		return request.exchangeForRequiredValue((sent, response) -> new Answer(response.getStatusCode(),
				response.getHeaders(), new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)));
	}

	/**
	 * An answer of the service.
	 *
	 * @param status status of the answer
	 * @param headers headers of the answer
	 * @param body body of the answer
	 */
	record Answer(HttpStatusCode status, HttpHeaders headers, String body) {

		/**
		 * Returns the value at a JSON path.
		 */
		<T> T at(String path) {
			return JsonPath.read(this.body, path);
		}

	}

}
