package dev.failover.container;

import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Substitutes the images that {@code .ci/containers/images} builds for the official ones,
 * if Testcontainers is told to use it by {@code TESTCONTAINERS_IMAGE_SUBSTITUTOR}.
 */
public final class BuiltImages extends ImageNameSubstitutor {

	@Override
	public DockerImageName apply(DockerImageName original) {
		return switch (original.getUnversionedPart()) {
			case "postgres", "mariadb" -> DockerImageName.parse("failover/" + original.getUnversionedPart());
			default -> original;
		};
	}

	@Override
	protected String getDescription() {
		return "images built from packages";
	}

}
