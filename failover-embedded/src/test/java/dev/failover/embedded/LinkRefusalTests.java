package dev.failover.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the connections that a {@link Link} refuses and resets.
 */
class LinkRefusalTests {

	@AutoClose
	private final EchoLink echo = EchoLink.open();

	@Test
	void aResetEndsOpenAndNewConnectionsUntilTheLinkIsHealed() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.receive(1));
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				try (EchoLink.Client late = this.echo.connect()) {
					late.echo("b");
				}
			});
		}
		eventually(() -> assertThat(this.echo.server().openConnections()).isZero());
		this.echo.link().heal();
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("c")).isEqualTo("c");
		}
	}

	@Test
	void aRefusalDoesNotAffectOpenConnections() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().refuse();
			assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
			assertThat(client.echo("b")).isEqualTo("b");
			this.echo.link().heal();
			this.echo.connect().close();
		}
	}

	@Test
	void aConnectionIsRefusedWhileTheServerDoesNotListen() throws IOException {
		this.echo.link().serverListens(false);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
		this.echo.link().serverListens(true);
		this.echo.server().close();
		try (EchoLink.Client client = this.echo.connect()) {
			client.assertIsDisconnected();
		}
	}

	@Test
	void aRefusalByTheServerIsDelayedAndHeldBackLikeBytes() throws IOException {
		this.echo.server().close();
		this.echo.link().delay(Duration.ofMillis(300));
		try (EchoLink.Client client = this.echo.connect()) {
			client.assertReceivesNothing();
			client.assertIsDisconnected();
		}
		this.echo.link().heal();
		this.echo.link().cut(Link.Direction.TO_CLIENT);
		try (EchoLink.Client client = this.echo.connect()) {
			client.assertReceivesNothing();
			this.echo.link().heal();
			client.assertIsDisconnected();
		}
	}

	@Test
	void theConfiguredShareOfNewConnectionsIsReset() throws IOException {
		assertThat(countReset(0.5, 100)).isBetween(20, 80);
		assertThat(countReset(0, 20)).isZero();
		assertThat(countReset(1, 20)).isEqualTo(20);
	}

	private int countReset(double share, int attempts) throws IOException {
		this.echo.link().dropConnections(share);
		int reset = 0;
		for (int i = 0; i < attempts; i++) {
			try (EchoLink.Client client = this.echo.connect()) {
				client.echo("a");
			}
			catch (SocketException ex) {
				reset++;
			}
		}
		return reset;
	}

}
