package dev.failover.embedded;

import java.io.IOException;
import java.net.ConnectException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the cuts of a {@link Link}.
 */
class LinkCutTests {

	@AutoClose
	private final EchoLink echo = EchoLink.open();

	@Test
	void aCutHoldsBytesBackUntilTheLinkIsHealed() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut();
			client.send("b");
			client.assertReceivesNothing();
			client.send("c");
			this.echo.link().heal();
			assertThat(client.receive(2)).isEqualTo("bc");
		}
	}

	@Test
	void aCutToTheServerLetsBytesToTheClientPass() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut(Link.Direction.TO_SERVER);
			client.send("b");
			client.assertReceivesNothing();
			assertThat(this.echo.server().receivedBytes()).isEqualTo(1);
			this.echo.server().send("news");
			assertThat(client.receive(4)).isEqualTo("news");
		}
	}

	@Test
	void aCutToTheClientLetsBytesToTheServerPass() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut(Link.Direction.TO_CLIENT);
			client.send("b");
			eventually(() -> assertThat(this.echo.server().receivedBytes()).isEqualTo(2));
			client.assertReceivesNothing();
		}
	}

	@Test
	void aCutHidesThatTheServerIsDown() throws IOException {
		try (EchoLink.Client client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut();
			this.echo.server().close();
			this.echo.link().serverListens(false);
			client.assertReceivesNothing();
			try (EchoLink.Client late = this.echo.connect()) {
				late.assertReceivesNothing();
			}
			this.echo.link().heal();
			client.assertIsDisconnected();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
	}

	@Test
	void aConnectionOpenedDuringACutWorksWhenTheLinkIsHealed() throws IOException {
		this.echo.link().cut();
		try (EchoLink.Client client = this.echo.connect()) {
			client.send("early");
			client.assertReceivesNothing();
			assertThat(this.echo.server().acceptedConnections()).isZero();
			this.echo.link().heal();
			assertThat(client.receive(5)).isEqualTo("early");
		}
	}

	@Test
	void aConnectionClosedDuringACutNeverReachesTheServer() throws IOException {
		this.echo.link().cut();
		this.echo.connect().close();
		try (EchoLink.Client client = this.echo.connect()) {
			client.assertReceivesNothing();
			this.echo.link().heal();
			assertThat(client.echo("a")).isEqualTo("a");
		}
		assertThat(this.echo.server().acceptedConnections()).isEqualTo(1);
	}

}
