package dev.failover.sample.demo;

import java.util.List;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts and stops the load, and reports the results of its calls.
 */
@RestController
@RequestMapping("/demo/load")
@Profile("embedded")
final class LoadController {

	private final Load load;

	LoadController(Load load) {
		this.load = load;
	}

	@GetMapping
	LoadReport report() {
		return this.load.report();
	}

	@PostMapping("/{action}")
	LoadReport act(@PathVariable String action) {
		switch (action) {
			case "start" -> this.load.start();
			case "stop" -> this.load.stop();
			default -> throw DemoException.unknown(HttpStatus.BAD_REQUEST, "action", action, List.of("start", "stop"));
		}
		return this.load.report();
	}

}
