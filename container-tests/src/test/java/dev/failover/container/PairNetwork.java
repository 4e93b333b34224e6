package dev.failover.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Network.Ipam;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.containers.Network;

/**
 * Network of a pair, in which containers keep their addresses when they are started
 * again. An engine permits this only in a network whose subnet is given, so the subnet is
 * one that the engine has just chosen for another network.
 */
final class PairNetwork implements AutoCloseable {

	private final Network network;

	private final String prefix;

	PairNetwork() {
		String subnet;
		try (Network chosen = Network.newNetwork()) {
			subnet = subnet(chosen);
		}
		this.prefix = subnet.replaceFirst("\\.\\d+/\\d+$", ".");
		this.network = Network.builder()
			.createNetworkCmdModifier(
					(command) -> command.withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet))))
			.build();
	}

	private static String subnet(Network network) {
		return DockerClientFactory.instance()
			.client()
			.inspectNetworkCmd()
			.withNetworkId(network.getId())
			.exec()
			.getIpam()
			.getConfig()
			.get(0)
			.getSubnet();
	}

	/**
	 * Gives a container that has not been started an address and a name in the network.
	 * @param number number of the address, from 2
	 */
	Address join(JdbcDatabaseContainer<?> container, String name, int number) {
		String ip = this.prefix + number;
		container.withNetwork(this.network);
		container.withNetworkAliases(name);
		container.withCreateContainerCmdModifier((CreateContainerCmd command) -> command.withIpv4Address(ip));
		return new Address(this.network.getId(), ip);
	}

	@Override
	public void close() {
		this.network.close();
	}

	/**
	 * Address of a container.
	 *
	 * @param network id of the network
	 * @param ip the IP address
	 */
	record Address(String network, String ip) {

	}

}
