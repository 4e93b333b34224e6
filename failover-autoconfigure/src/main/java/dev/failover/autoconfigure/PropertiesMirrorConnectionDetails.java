package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Adapts {@link FailoverProperties.Mirror} to {@link MirrorConnectionDetails}.
 */
final class PropertiesMirrorConnectionDetails implements MirrorConnectionDetails {

	private final FailoverProperties.Mirror properties;

	PropertiesMirrorConnectionDetails(FailoverProperties.Mirror properties) {
		this.properties = properties;
	}

	@Override
	public String getJdbcUrl() {
		String url = this.properties.url();
		return (url != null) ? url : "";
	}

	@Override
	public @Nullable String getUsername() {
		return this.properties.username();
	}

	@Override
	public @Nullable String getPassword() {
		return this.properties.password();
	}

	@Override
	public @Nullable String getDriverClassName() {
		return this.properties.driverClassName();
	}

}
