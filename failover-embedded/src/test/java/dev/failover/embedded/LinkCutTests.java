package dev.failover.embedded;

import java.io.IOException;
import java.net.ConnectException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.SharedPair.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A {@link Link} that is cut swallows bytes, and tells nobody.
 */
class LinkCutTests {

	@AutoClose
	private final EchoLink echo = EchoLink.open();

	@Test
	void aCutSwallowsBytesUntilItHeals() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut();
			client.say("b");
			client.assertSilent();
			client.say("c");
			this.echo.link().heal();
			assertThat(client.hear(2)).isEqualTo("bc");
		}
	}

	@Test
	void aCutToTheServerLetsAnswersPass() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut(Direction.TO_SERVER);
			client.say("b");
			client.assertSilent();
			assertThat(this.echo.server().heard()).isEqualTo(1);
			this.echo.server().say("news");
			assertThat(client.hear(4)).isEqualTo("news");
		}
	}

	@Test
	void aCutToTheClientLetsQuestionsPass() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut(Direction.TO_CLIENT);
			client.say("b");
			eventually(() -> assertThat(this.echo.server().heard()).isEqualTo(2));
			client.assertSilent();
		}
	}

	@Test
	void aCutHidesThatTheServerHasGone() throws IOException {
		try (EchoClient client = this.echo.connect()) {
			assertThat(client.echo("a")).isEqualTo("a");
			this.echo.link().cut();
			this.echo.server().close();
			this.echo.link().serverIsThere(false);
			client.assertSilent();
			try (EchoClient late = this.echo.connect()) {
				late.assertSilent();
			}
			this.echo.link().heal();
			client.assertEnds();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this.echo::connect);
	}

	@Test
	void aConnectionMadeDuringACutWorksOnceItHeals() throws IOException {
		this.echo.link().cut();
		try (EchoClient client = this.echo.connect()) {
			client.say("early");
			client.assertSilent();
			assertThat(this.echo.server().accepted()).isZero();
			this.echo.link().heal();
			assertThat(client.hear(5)).isEqualTo("early");
		}
	}

	@Test
	void aClientThatGivesUpDuringACutIsNeverHeardOf() throws IOException {
		this.echo.link().cut();
		this.echo.connect().close();
		try (EchoClient client = this.echo.connect()) {
			client.assertSilent();
			this.echo.link().heal();
			assertThat(client.echo("a")).isEqualTo("a");
		}
		assertThat(this.echo.server().accepted()).isEqualTo(1);
	}

}
