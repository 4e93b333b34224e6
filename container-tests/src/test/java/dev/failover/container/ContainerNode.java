package dev.failover.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.JdbcDatabaseContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Container of a node, and the faults of containers.
 *
 * @param container the container
 * @param address its address in the network, which it keeps
 * @param client shell command that executes a statement, which is appended, and writes
 * the rows
 */
record ContainerNode(JdbcDatabaseContainer<?> container, PairNetwork.Address address, String client) {

	/**
	 * Returns the URL of the node past the published port, at which a proxy of the engine
	 * would accept connections that lead nowhere.
	 */
	String url() {
		return this.container.getJdbcUrl()
			.replaceFirst("//[^/]+/", "//" + this.address.ip() + ":" + this.container.getExposedPorts().get(0) + "/");
	}

	/**
	 * Executes a statement as the superuser, and returns what the client writes.
	 */
	String execute(String statement) {
		try {
			ExecResult result = this.container.execInContainer("sh", "-c", this.client + " \"$0\"", statement);
			assertThat(result.getExitCode()).as("%s: %s", statement, result).isZero();
			return result.getStdout();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the rows that the writers have left.
	 */
	Set<Long> stored() {
		return execute("select id from entry").lines().map(Long::valueOf).collect(Collectors.toSet());
	}

	void kill() {
		docker().killContainerCmd(id()).exec();
	}

	void start() {
		docker().startContainerCmd(id()).exec();
	}

	void pause() {
		docker().pauseContainerCmd(id()).exec();
	}

	void unpause() {
		docker().unpauseContainerCmd(id()).exec();
	}

	/**
	 * Takes the container off its network: packets to it vanish, in open connections as
	 * well.
	 */
	void disconnect() {
		docker().disconnectFromNetworkCmd().withContainerId(id()).withNetworkId(this.address.network()).exec();
	}

	private DockerClient docker() {
		return this.container.getDockerClient();
	}

	private String id() {
		return this.container.getContainerId();
	}

}
