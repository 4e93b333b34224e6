package dev.failover.autoconfigure;

import org.testcontainers.containers.JdbcDatabaseContainer;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

/**
 * Creates {@link MirrorConnectionDetails} from a {@link ServiceConnection} of a
 * {@link JdbcDatabaseContainer} that asks for this type. One that asks for no type is the
 * primary, whatever its name is, because Boot accepts every name of a database container.
 */
final class ContainerMirrorConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<JdbcDatabaseContainer<?>, MirrorConnectionDetails> {

	@Override
	protected boolean sourceAccepts(ContainerConnectionSource<JdbcDatabaseContainer<?>> source, Class<?> containerType,
			Class<?> detailsType) {
		if (source.getConnectionDetailsTypes().contains(MirrorConnectionDetails.class)) {
			return super.sourceAccepts(source, containerType, detailsType);
		}
		if (source.accepts(ConfiguredNode.MIRROR_NAME, containerType, detailsType)) {
			throw new FailoverConfigurationException(
					"The " + source + " has the name '" + ConfiguredNode.MIRROR_NAME
							+ "', but its type does not say so: Boot would use the container as the primary, too.",
					"Use '@ServiceConnection(type = MirrorConnectionDetails.class)', "
							+ "or another name if the container is no mirror.");
		}
		return false;
	}

	@Override
	protected MirrorConnectionDetails getContainerConnectionDetails(
			ContainerConnectionSource<JdbcDatabaseContainer<?>> source) {
		return new ContainerMirrorConnectionDetails(source);
	}

	/**
	 * {@link MirrorConnectionDetails} of a container.
	 */
	private static final class ContainerMirrorConnectionDetails
			extends ContainerConnectionDetails<JdbcDatabaseContainer<?>> implements MirrorConnectionDetails {

		private ContainerMirrorConnectionDetails(ContainerConnectionSource<JdbcDatabaseContainer<?>> source) {
			super(source);
		}

		@Override
		public String getJdbcUrl() {
			return getContainer().getJdbcUrl();
		}

		@Override
		public String getUsername() {
			return getContainer().getUsername();
		}

		@Override
		public String getPassword() {
			return getContainer().getPassword();
		}

		@Override
		public String getDriverClassName() {
			return getContainer().getDriverClassName();
		}

	}

}
