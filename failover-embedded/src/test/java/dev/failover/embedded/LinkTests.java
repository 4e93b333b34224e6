package dev.failover.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the bytes that pass through a {@link Link} and for its delay.
 */
class LinkTests {

	@AutoClose
	private final EchoLink echo = EchoLink.open();

	@Test
	void bytesPassInBothDirections() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("hello")).isEqualTo("hello");
		}
	}

	@Test
	void manyBytesPassAlthoughTheClientReadsLate() throws Exception {
		byte[] bytes = new byte[8 << 20];
		new Random(1).nextBytes(bytes);
		try (EchoLink.Client client = this.echo.connect()) {
			Thread writer = new Thread(() -> {
				try {
					client.socket().getOutputStream().write(bytes);
					client.socket().shutdownOutput();
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			writer.start();
			eventually(() -> assertThat(client.socket().getInputStream().available()).isPositive());
			assertThat(client.socket().getInputStream().readAllBytes()).isEqualTo(bytes);
			writer.join();
		}
	}

	@Test
	void theEndOfOneDirectionIsForwarded() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			client.socket().getOutputStream().write("last words".getBytes(StandardCharsets.UTF_8));
			client.socket().shutdownOutput();
			assertThat(client.socket().getInputStream().readAllBytes()).asString().isEqualTo("last words");
		}
		eventually(() -> assertThat(this.echo.server().openConnections()).isZero());
	}

	@Test
	void aDelayProlongsARoundTripAndKeepsTheOrder() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().delay(Duration.ofMillis(120));
			long began = System.nanoTime();
			for (char letter = 'b'; letter <= 'z'; letter++) {
				client.send(String.valueOf(letter));
			}
			assertThat(client.receive(25)).isEqualTo("bcdefghijklmnopqrstuvwxyz");
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(119));
			this.echo.link().delay(Duration.ofHours(1));
			client.send("!");
			client.assertReceivesNothing();
			this.echo.link().heal();
			assertThat(client.receive(1)).isEqualTo("!");
		}
	}

	@Test
	void invalidFaultsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.echo.link().dropConnections(1.1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.echo.link().dropConnections(Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> this.echo.link().delay(Duration.ofMillis(-1)));
	}

	@Test
	void aClosedLinkResetsItsConnectionsAndIgnoresFurtherCalls() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().close();
			client.assertIsDisconnected();
			this.echo.link().heal();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
	}

}
