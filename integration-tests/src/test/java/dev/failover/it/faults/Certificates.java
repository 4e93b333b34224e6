package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.it.ServerSql;

/**
 * A certificate authority, a valid server certificate and an expired one, created with
 * the keytool of the JDK.
 */
final class Certificates {

	private static final String STORE_PASSWORD = "changeit";

	private final Path directory;

	private Certificates(Path directory) {
		this.directory = directory;
	}

	static Certificates create() throws IOException, InterruptedException {
		Certificates all = new Certificates(Files.createTempDirectory(Path.of("target"), "certificates"));
		all.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c", "-keyalg", "EC");
		all.keytool("-exportcert", "-alias", "ca", "-rfc", "-file", all.path("ca.crt"));
		all.keytool("-genkeypair", "-alias", "server", "-dname", "CN=127.0.0.1", "-keyalg", "EC");
		all.keytool("-certreq", "-alias", "server", "-file", all.path("server.csr"));
		all.sign("valid", "30");
		all.sign("expired", "2");
		return all;
	}

	/**
	 * Signs the server's certificate with a start date five days ago.
	 */
	private void sign(String name, String days) throws IOException, InterruptedException {
		keytool("-gencert", "-alias", "ca", "-infile", path("server.csr"), "-outfile", path(name + ".crt"), "-rfc",
				"-startdate", "-5d", "-validity", days);
	}

	private String path(String name) {
		return this.directory.resolve(name).toAbsolutePath().toString();
	}

	private void keytool(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(List.of(arguments));
		command.addAll(List.of("-keystore", path("keys.p12"), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("keytool.log").toFile())
			.start();
		if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
			throw new IOException(command + " failed: " + Files.readString(this.directory.resolve("keytool.log")));
		}
	}

	/**
	 * Installs a certificate on a server. The server writes the files itself, because it
	 * must own them.
	 */
	void install(EmbeddedNode node, String name) throws Exception {
		ServerSql.execute(node, write("server.crt", Files.readString(Path.of(path(name + ".crt")))),
				write("server.key", key("server")), "alter system set ssl = on", "select pg_reload_conf()");
	}

	private static String write(String file, String text) {
		return "copy (select string_to_table('" + text.replace("\r", "").strip()
				+ "', e'\\n')) to program 'umask 077; cat > " + file + "'";
	}

	private String key(String alias) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance(Path.of(path("keys.p12")).toFile(), STORE_PASSWORD.toCharArray());
		Key key = keys.getKey(alias, STORE_PASSWORD.toCharArray());
		return "-----BEGIN PRIVATE KEY-----\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(key.getEncoded())
				+ "\n-----END PRIVATE KEY-----";
	}

	/**
	 * Returns the URL parameters with which the driver requires a certificate of the
	 * authority.
	 */
	String urlParameters() {
		return "?sslmode=verify-ca&sslrootcert=" + path("ca.crt");
	}

}
