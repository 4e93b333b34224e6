package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Adapts {@link MirrorProperties} to {@link MirrorConnectionDetails}.
 */
final class PropertiesMirrorConnectionDetails implements MirrorConnectionDetails {

	private final MirrorProperties properties;

	PropertiesMirrorConnectionDetails(MirrorProperties properties) {
		this.properties = properties;
	}

	@Override
	public String getJdbcUrl() {
		String url = this.properties.getUrl();
		return (url != null) ? url : "";
	}

	@Override
	public @Nullable String getUsername() {
		return this.properties.getUsername();
	}

	@Override
	public @Nullable String getPassword() {
		return this.properties.getPassword();
	}

	@Override
	public @Nullable String getDriverClassName() {
		return this.properties.getDriverClassName();
	}

}
