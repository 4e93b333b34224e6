package dev.failover.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

/**
 * HAProxy with two ports before the members of a {@link PatroniCluster}: one leads to the
 * leader, the other to the standbys, as the health checks of the agents tell. A session
 * ends when its member no longer has the role.
 */
final class HaProxy implements AutoCloseable {

	private static final String CONFIGURATION = """
			global
			  maxconn 500
			defaults
			  mode tcp
			  timeout connect 2s
			  timeout client 1h
			  timeout server 1h
			  timeout check 2s
			  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
			listen leader
			  bind 127.0.0.1:%d
			  option httpchk OPTIONS /primary
			  http-check expect status 200
			%s
			listen standbys
			  bind 127.0.0.1:%d
			  option httpchk OPTIONS /replica
			  http-check expect status 200
			%s
			""";

	private final WorkDirectory directory = WorkDirectory.create("failover-haproxy");

	private final int leaderPort = Ports.free();

	private final int standbyPort = Ports.free();

	private final Process process;

	private final Thread atExit = new Thread(this::end);

	private HaProxy(PatroniCluster cluster) {
		Runtime.getRuntime().addShutdownHook(this.atExit);
		String servers = cluster.members()
			.stream()
			.map((member) -> "  server %s 127.0.0.1:%d check port %d".formatted(member.name(), member.port(),
					member.restPort()))
			.collect(Collectors.joining("\n"));
		Path file = this.directory.write("haproxy.cfg",
				CONFIGURATION.formatted(this.leaderPort, servers, this.standbyPort, servers));
		this.process = Processes.start(Programs.command("haproxy", "-db", "-f", file.toString()),
				this.directory.path().resolve("log"));
		Awaitility.await("HAProxy").until(() -> Ports.accepts(this.leaderPort) && Ports.accepts(this.standbyPort));
	}

	static HaProxy start(PatroniCluster cluster) {
		return new HaProxy(cluster);
	}

	String leaderUrl() {
		return url(this.leaderPort);
	}

	String standbyUrl() {
		return url(this.standbyPort);
	}

	private static String url(int port) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/orders";
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		end();
	}

	private void end() {
		if (this.process != null) {
			Processes.kill(List.of(this.process.toHandle()));
		}
		this.directory.close();
	}

}
