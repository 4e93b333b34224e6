package dev.failover.container;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Application of the tests that are examples in the documentation.
 */
@SpringBootApplication
class TestApplication {

}
