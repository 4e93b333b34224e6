package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for promotion, switchover and rejoining.
 */
class RoleChangeTests {

	@AutoClose
	private static final SharedPair pair = new SharedPair(EmbeddedPair.start());

	private static final NodeClient primary = pair.primary();

	private static final NodeClient mirror = pair.mirror();

	private static Path primaryData;

	private static Path mirrorData;

	@BeforeAll
	static void start() throws SQLException {
		primaryData = primary.dataDirectory();
		mirrorData = mirror.dataDirectory();
	}

	@BeforeEach
	void createTable() throws SQLException {
		primary.execute("DROP TABLE IF EXISTS entry");
		primary.execute("CREATE TABLE entry (name text)");
		primary.execute("INSERT INTO entry VALUES ('before')");
		eventually(() -> assertThat(entries(mirror)).isEqualTo("before"));
	}

	@AfterEach
	void restore() {
		pair.restore();
	}

	@Test
	void thePromotedMirrorOfAKilledPrimaryIsWritable() throws SQLException {
		primary.node().kill();
		mirror.node().promote();
		assertThat(mirror.node().isWritable()).isTrue();
		mirror.execute("INSERT INTO entry VALUES ('after')");
		assertThat(entries(mirror)).isEqualTo("after,before");
	}

	@Test
	void aLostPrimaryRejoinsWithACopyOfTheMirror() throws SQLException, IOException {
		primary.node().kill();
		mirror.node().promote();
		mirror.execute("INSERT INTO entry VALUES ('after')");
		FileTime before = lastCopied(primaryData);
		primary.node().rejoin();
		assertThat(lastCopied(primaryData)).isNotEqualTo(before);
		assertThat(primary.node().isWritable()).isFalse();
		mirror.execute("INSERT INTO entry VALUES ('later')");
		eventually(() -> assertThat(entries(primary)).isEqualTo("after,before,later"));
	}

	@Test
	void aDivergedPrimaryLosesItsOwnChangesWhenItRejoins() throws SQLException {
		mirror.node().promoteAlone();
		primary.execute("INSERT INTO entry VALUES ('lost')");
		mirror.execute("INSERT INTO entry VALUES ('kept')");
		assertThat(primary.node().isWritable()).isTrue();
		assertThat(mirror.node().isWritable()).isTrue();
		primary.node().rejoin();
		eventually(() -> assertThat(entries(primary)).isEqualTo("before,kept"));
	}

	@Test
	void aSwitchoverLosesNothingAndCopiesNothing() throws SQLException, IOException {
		FileTime primaryCopied = lastCopied(primaryData);
		FileTime mirrorCopied = lastCopied(mirrorData);
		primary.execute("INSERT INTO entry VALUES ('last')");
		mirror.node().promote();
		assertThat(mirror.node().isWritable()).isTrue();
		assertThat(primary.node().isWritable()).isFalse();
		mirror.execute("INSERT INTO entry VALUES ('next')");
		eventually(() -> assertThat(entries(primary)).isEqualTo("before,last,next"));
		primary.node().promote();
		assertThat(entries(primary)).isEqualTo("before,last,next");
		assertThat(lastCopied(primaryData)).isEqualTo(primaryCopied);
		assertThat(lastCopied(mirrorData)).isEqualTo(mirrorCopied);
	}

	@Test
	void aFrozenPrimaryThatThawsAfterThePromotionCausesASplitBrain() throws SQLException {
		primary.node().freeze();
		mirror.node().promote();
		primary.node().thaw();
		assertThat(primary.node().isWritable()).isTrue();
		assertThat(mirror.node().isWritable()).isTrue();
	}

	@Test
	void withoutAManagerAnOldPrimaryComesBackAsAPrimary() throws SQLException {
		primary.node().kill();
		mirror.node().promote();
		mirror.execute("INSERT INTO entry VALUES ('after')");
		primary.node().start();
		assertThat(primary.node().isWritable()).isTrue();
		assertThat(entries(primary)).isEqualTo("before");
	}

	@Test
	void aKilledMirrorRejoinsWithTheDataThatItHas() throws SQLException, IOException {
		FileTime before = lastCopied(mirrorData);
		mirror.node().kill();
		primary.execute("INSERT INTO entry VALUES ('missed')");
		mirror.node().rejoin();
		assertThat(entries(mirror)).isEqualTo("before,missed");
		assertThat(lastCopied(mirrorData)).isEqualTo(before);
	}

	@Test
	void aPrimaryCannotRejoinIfNoOtherNodeIsAPrimary() {
		assertThatIllegalStateException().isThrownBy(() -> primary.node().rejoin())
			.withMessageContaining("Node 'primary' cannot rejoin: no other node (mirror) is a running primary");
		assertThat(primary.node().isWritable()).isTrue();
	}

	@Test
	void onlyARunningStandbyIsPromoted() {
		mirror.node().freeze();
		assertThatIllegalStateException().isThrownBy(() -> mirror.node().promote());
		mirror.node().kill();
		assertThatIllegalStateException().isThrownBy(() -> mirror.node().promote())
			.withMessage("Node 'mirror' is not a running standby");
		primary.node().promote();
		assertThat(primary.node().isWritable()).isTrue();
	}

	@Test
	void aSwitchoverToAMirrorThatDoesNotStreamIsRefused() throws SQLException {
		try (Connection connection = mirror.node().connect()) {
			connection.createStatement().execute("ALTER SYSTEM SET primary_conninfo = ''");
			connection.createStatement().execute("SELECT pg_reload_conf()");
			eventually(() -> assertThat(primary.query("SELECT count(*) FROM pg_stat_replication")).isEqualTo("0"));
			assertThatIllegalStateException().isThrownBy(() -> mirror.node().promote())
				.withMessageContaining("would lose data");
			connection.createStatement().execute("ALTER SYSTEM RESET primary_conninfo");
			connection.createStatement().execute("SELECT pg_reload_conf()");
		}
		assertThat(primary.node().isWritable()).isTrue();
	}

	@Test
	void theMirrorServesReadsWhileThePrimaryIsDown() throws SQLException {
		primary.node().kill();
		assertThat(entries(mirror)).isEqualTo("before");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> mirror.execute("DELETE FROM entry"));
	}

	private static String entries(NodeClient database) throws SQLException {
		return database.query("SELECT string_agg(name, ',' ORDER BY name) FROM entry");
	}

	/**
	 * Return the time at which the data were last copied.
	 */
	private static FileTime lastCopied(Path data) throws IOException {
		Path label = data.resolve("backup_label.old");
		return Files.exists(label) ? Files.getLastModifiedTime(label) : FileTime.fromMillis(0);
	}

}
