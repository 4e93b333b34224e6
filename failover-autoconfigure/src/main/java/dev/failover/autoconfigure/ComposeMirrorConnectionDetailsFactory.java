package dev.failover.autoconfigure;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Creates {@link MirrorConnectionDetails} from a service of Docker Compose with the label
 * {@code org.springframework.boot.service-connection: mirror}. With this label the
 * service is no primary for Boot, whatever its image is.
 */
final class ComposeMirrorConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<MirrorConnectionDetails> {

	ComposeMirrorConnectionDetailsFactory() {
		super(ConfiguredNode.MIRROR_NAME);
	}

	@Override
	protected MirrorConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new ComposeMirrorConnectionDetails(source.getRunningService());
	}

	/**
	 * {@link MirrorConnectionDetails} of a service. A mirror has the users of the
	 * primary, so that the credentials are the primary's.
	 */
	private static final class ComposeMirrorConnectionDetails extends DockerComposeConnectionDetails
			implements MirrorConnectionDetails {

		private final String jdbcUrl;

		private ComposeMirrorConnectionDetails(RunningService service) {
			super(service);
			this.jdbcUrl = ComposeDatabase.of(service).jdbcUrl(service);
		}

		@Override
		public String getJdbcUrl() {
			return this.jdbcUrl;
		}

	}

}
