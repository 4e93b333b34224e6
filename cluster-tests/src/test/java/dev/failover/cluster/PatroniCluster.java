package dev.failover.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Three members of a Patroni cluster with one etcd, from nothing, with a database
 * {@code orders} of the user {@code app}.
 */
final class PatroniCluster implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final String POST_BOOTSTRAP = """
			#!/bin/sh
			%s "$1" -v ON_ERROR_STOP=1 -c "create role app login password 'app'" -c "grant pg_monitor to app" \
			    -c "create database orders owner app"
			""";

	private final WorkDirectory directory = WorkDirectory.create("failover-patroni");

	private final int etcdPort = Ports.free();

	private final Process etcd;

	private final List<Member> members = Stream.of("m1", "m2", "m3")
		.map((name) -> new Member(name, this.directory))
		.toList();

	private final Thread atExit = new Thread(this::end);

	private boolean ended;

	private PatroniCluster() {
		Runtime.getRuntime().addShutdownHook(this.atExit);
		this.etcd = startEtcd();
	}

	/**
	 * Starts a cluster, or skips the test if a program is missing.
	 */
	static PatroniCluster start() {
		Programs.assumeInstalled("patroni", "etcd", Programs.SERVER_PROGRAM);
		PatroniCluster cluster = new PatroniCluster();
		try {
			cluster.bootstrap();
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private Process startEtcd() {
		Path data = Programs.createDirectory(this.directory.path().resolve("etcd"));
		String client = "http://127.0.0.1:" + this.etcdPort;
		String peer = "http://127.0.0.1:" + Ports.free();
		return Processes.start(
				Programs.command("etcd", "--name", "e1", "--data-dir", data.toString(), "--listen-client-urls", client,
						"--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls",
						peer, "--initial-cluster", "e1=" + peer, "--log-level", "warn", "--unsafe-no-fsync"),
				this.directory.path().resolve("etcd.log"));
	}

	private void bootstrap() {
		this.directory.write("post.sh", POST_BOOTSTRAP.formatted(Programs.postgres().resolve("psql")));
		await("etcd", () -> Ports.accepts(this.etcdPort));
		Member first = this.members.get(0);
		start(first);
		await("leader", () -> first.status("/primary").equals(Optional.of(200)));
		this.members.stream().skip(1).forEach(this::start);
		awaitHealthy();
	}

	List<Member> members() {
		return this.members;
	}

	/**
	 * Starts the agent of a member again.
	 */
	synchronized void start(Member member) {
		if (!this.ended) {
			member.start(this.etcdPort);
		}
	}

	/**
	 * Ends every fault of a test that did not end it itself.
	 */
	void restore() {
		this.members.forEach((member) -> {
			member.thaw();
			if (!member.hasAgent()) {
				start(member);
			}
		});
	}

	/**
	 * Returns the member of which its agent says that it leads.
	 */
	Member leader() {
		return findLeader().orElseThrow();
	}

	private Optional<Member> findLeader() {
		return this.members.stream().filter((member) -> member.status("/primary").equals(Optional.of(200))).findFirst();
	}

	/**
	 * Returns the standby that commits wait for.
	 */
	Member synchronousStandby() {
		return findSynchronousStandby().orElseThrow();
	}

	/**
	 * Asks the leader, which reads the state of the cluster anew.
	 */
	private Optional<Member> findSynchronousStandby() {
		List<?> states = (List<?>) leader().get("/cluster").get("members");
		return this.members.stream()
			.filter((member) -> states.stream()
				.map((state) -> (Map<?, ?>) state)
				.anyMatch(
						(state) -> member.name().equals(state.get("name")) && "sync_standby".equals(state.get("role"))))
			.findFirst();
	}

	/**
	 * Sets whether commits wait for a standby.
	 */
	void setSynchronous(boolean synchronous) {
		leader().send("PATCH", "/config", "{\"synchronous_mode\": " + synchronous + "}");
		awaitHealthy();
		await("synchronous " + synchronous, () -> findSynchronousStandby().isPresent() == synchronous);
	}

	/**
	 * Hands the lead over to another member.
	 */
	void switchOver(Member next) {
		Member leader = leader();
		leader.send("POST", "/switchover",
				"{\"leader\": \"" + leader.name() + "\", \"candidate\": \"" + next.name() + "\"}");
	}

	/**
	 * Waits until one member leads and both others stream from it.
	 */
	void awaitHealthy() {
		await("healthy cluster", () -> findLeader().filter(this::isFollowedByAll).isPresent());
	}

	private boolean isFollowedByAll(Member leader) {
		Map<String, Object> status = leader.get("/patroni");
		return this.members.stream().filter((member) -> member != leader).allMatch((member) -> {
			Map<String, Object> follower = member.get("/patroni");
			return "replica".equals(follower.get("role")) && "running".equals(follower.get("state"))
					&& follower.get("timeline").equals(status.get("timeline"));
		}) && leader.query("select count(*) from pg_stat_replication where state = 'streaming'", Integer.class)
			.equals(List.of(this.members.size() - 1));
	}

	private void await(String what, Callable<Boolean> condition) {
		try {
			Awaitility.await(what).atMost(TIMEOUT).ignoreExceptions().until(condition);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(what + " was not reached: " + this.members, ex);
		}
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		end();
	}

	private synchronized void end() {
		this.ended = true;
		this.members.forEach(Member::end);
		if (this.etcd != null) {
			Processes.kill(List.of(this.etcd.toHandle()));
		}
		this.directory.close();
	}

}
