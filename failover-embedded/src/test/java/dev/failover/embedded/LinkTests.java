package dev.failover.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.SharedPair.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Bytes pass through a {@link Link}, at its pace and in their order.
 */
class LinkTests {

	@AutoClose
	private final EchoLink echo = EchoLink.open();

	@Test
	void bytesPassInBothDirections() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("hello")).isEqualTo("hello");
		}
	}

	@Test
	void muchPassesAlthoughTheClientReadsLate() throws Exception {
		byte[] much = new byte[8 << 20];
		new Random(1).nextBytes(much);
		try (EchoClient client = this.echo.connect()) {
			Thread writer = new Thread(() -> {
				try {
					client.socket().getOutputStream().write(much);
					client.socket().shutdownOutput();
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			writer.start();
			eventually(() -> assertThat(client.socket().getInputStream().available()).isPositive());
			assertThat(client.socket().getInputStream().readAllBytes()).isEqualTo(much);
			writer.join();
		}
	}

	@Test
	void theEndOfOneDirectionPasses() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			client.socket().getOutputStream().write("last words".getBytes(StandardCharsets.UTF_8));
			client.socket().shutdownOutput();
			assertThat(client.socket().getInputStream().readAllBytes()).asString().isEqualTo("last words");
		}
		eventually(() -> assertThat(this.echo.server().open()).isZero());
	}

	@Test
	void aDelayMakesARoundTripLongerAndKeepsTheOrder() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().delay(Duration.ofMillis(120));
			long began = System.nanoTime();
			for (char letter = 'b'; letter <= 'z'; letter++) {
				client.say(String.valueOf(letter));
			}
			assertThat(client.hear(25)).isEqualTo("bcdefghijklmnopqrstuvwxyz");
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(119));
			this.echo.link().delay(Duration.ofHours(1));
			client.say("!");
			client.assertSilent();
			this.echo.link().heal();
			assertThat(client.hear(1)).isEqualTo("!");
		}
	}

	@Test
	void impossibleFaultsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.echo.link().dropConnections(1.1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.echo.link().dropConnections(Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> this.echo.link().delay(Duration.ofMillis(-1)));
	}

	@Test
	void aClosedLinkResetsItsConnectionsAndTakesNoMoreOrders() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().close();
			client.assertEnds();
			this.echo.link().heal();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
	}

}
