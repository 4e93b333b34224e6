package dev.failover.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.SharedPair.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A {@link Link} refuses and resets connections, as a server and a network do.
 */
class LinkRefusalTests {

	@AutoClose
	private final EchoLink echo = EchoLink.open();

	@Test
	void aResetEndsOldAndNewConnectionsUntilItHeals() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.hear(1));
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				try (EchoClient late = this.echo.connect()) {
					late.echo("b");
				}
			});
		}
		eventually(() -> assertThat(this.echo.server().open()).isZero());
		this.echo.link().heal();
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("c")).isEqualTo("c");
		}
	}

	@Test
	void aRefusalSparesOpenConnections() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().refuse();
			assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
			assertThat(client.echo("b")).isEqualTo("b");
			this.echo.link().heal();
			this.echo.connect().close();
		}
	}

	@Test
	void aServerThatIsNotThereIsRefused() throws IOException {
		this.echo.link().serverIsThere(false);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
		this.echo.link().serverIsThere(true);
		this.echo.server().close();
		try (EchoClient client = this.echo.connect()) {
			client.assertEnds();
		}
	}

	@Test
	void aRefusalByTheServerComesLateThroughASlowOrCutLink() throws IOException {
		this.echo.server().close();
		this.echo.link().delay(Duration.ofMillis(300));
		try (EchoClient client = this.echo.connect()) {
			client.assertSilent();
			client.assertEnds();
		}
		this.echo.link().heal();
		this.echo.link().cut(Direction.TO_CLIENT);
		try (EchoClient client = this.echo.connect()) {
			client.assertSilent();
			this.echo.link().heal();
			client.assertEnds();
		}
	}

	@Test
	void aShareOfNewConnectionsIsDropped() throws IOException {
		assertThat(dropped(0.5, 100)).isBetween(20, 80);
		assertThat(dropped(0, 20)).isZero();
		assertThat(dropped(1, 20)).isEqualTo(20);
	}

	private int dropped(double share, int attempts) throws IOException {
		this.echo.link().dropConnections(share);
		int dropped = 0;
		for (int i = 0; i < attempts; i++) {
			try (EchoClient client = this.echo.connect()) {
				client.echo("a");
			}
			catch (SocketException ex) {
				dropped++;
			}
		}
		return dropped;
	}

}
