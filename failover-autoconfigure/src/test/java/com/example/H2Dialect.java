package com.example;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.failover.ErrorClass;
import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.PartialQuery;
import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.PartialQuery.Part;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;

public final class H2Dialect implements Dialect {

	private static final String PREFIX = "jdbc:h2:tcp:";

	/** Knows what JDBC defines: the classes of SQLState and of exceptions. */
	private static final Dialect STANDARD = Dialect.generic(PREFIX, null);

	private static final PartialQuery READING = new PartialQuery(List.of(new Part("read_only", "readonly()", null),
			new Part("role", "(select role from cluster_state)",
					"Its role is not known then. Grant SELECT to the user."),
			new Part("server", "(select server from cluster_state)", "Two names for one server cannot be told then."),
			new Part("cluster", "(select cluster from cluster_state)", "Replication cannot be verified then."),
			new Part("promotions", "(select promotions from cluster_state)", "Replication cannot be verified then."),
			new Part("position", "(select coalesce(max(id), 0) from orders)", "Replication cannot be verified then.")));

	private static final PartialQuery REPLICATION = new PartialQuery(List.of(new Part("answers", "1", null),
			new Part("source", "(select source from cluster_state)", "It is not verified that it follows.")));

	@Override
	public boolean supports(String jdbcUrl) {
		return jdbcUrl.startsWith(PREFIX);
	}

	@Override
	public Reading read(Connection connection) throws SQLException {
		Answers answers = READING.read(connection);
		String cluster = answers.get("cluster");
		String promotions = answers.get("promotions");
		Long position = answers.number("position");
		boolean told = cluster != null && promotions != null && position != null;
		History history = told ? new H2History(cluster, H2History.parse(promotions), position) : null;
		return new Reading(role(answers), answers.get("server"), history, answers.refusals());
	}

	private static Role role(Answers answers) {
		String role = answers.get("role");
		if (role == null) {
			return Role.UNKNOWN;
		}
		return ("leader".equals(role) && "FALSE".equals(answers.get("read_only"))) ? Role.WRITABLE : Role.READ_ONLY;
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		Answers answers = REPLICATION.read(connection);
		String source = answers.get("source");
		boolean refused = !answers.refusals().isEmpty();
		return new ReplicationReading(refused ? null : source != null, source, null, null, null, answers.refusals());
	}

	@Override
	public String positionUnit() {
		return "orders";
	}

	@Override
	public int defaultTransactionIsolation() {
		return Connection.TRANSACTION_READ_COMMITTED;
	}

	@Override
	public List<String> productNames() {
		return List.of("H2");
	}

	@Override
	public Optional<ErrorClass> classify(SQLException error) {
		return switch (error.getErrorCode()) {
			case 90096, 90097 -> Optional.of(ErrorClass.READ_ONLY); // no right to insert;
																	// database is read
																	// only
			case 90135 -> Optional.of(ErrorClass.STARTING_UP); // exclusive mode
			default -> STANDARD.classify(error);
		};
	}

	@Override
	public JdbcDriverSettings driverSettings() {
		return new H2Driver();
	}

	/**
	 * Positions at which the cluster got another leader, the first one first, and the
	 * position now.
	 */
	record H2History(String cluster, List<Long> promotions, long at) implements History {

		static List<Long> parse(String promotions) {
			return Arrays.stream(promotions.split(",")).filter((one) -> !one.isEmpty()).map(Long::valueOf).toList();
		}

		@Override
		public Comparison compare(History other) {
			if (!(other instanceof H2History that)) {
				return Comparison.UNKNOWN;
			}
			if (!this.cluster.equals(that.cluster)) {
				return new Comparison(Relation.FOREIGN, null);
			}
			int common = Math.min(this.promotions.size(), that.promotions.size());
			if (!this.promotions.subList(0, common).equals(that.promotions.subList(0, common))) {
				return new Comparison(Relation.DIVERGED, null);
			}
			if (that.promotions.size() > common) {
				return new Comparison(Relation.CONTINUES, Math.max(0, this.at - that.promotions.get(common)));
			}
			boolean older = this.promotions.size() > common;
			if (older && that.at > this.promotions.get(common)) {
				return new Comparison(Relation.DIVERGED, null);
			}
			long lacks = Math.max(0, this.at - that.at);
			Relation relation = (that.at > this.at) ? Relation.AHEAD : Relation.SAME;
			return new Comparison((older || lacks > 0) ? Relation.BEHIND : relation, lacks);
		}

		@Override
		public boolean isPromoted() {
			return !this.promotions.isEmpty();
		}

		@Override
		public LogPosition position() {
			return new LogPosition(this.promotions.size() + ":" + this.at);
		}

		@Override
		public boolean holds(LogPosition position) {
			String[] parts = position.text().split(":");
			int promotions = Integer.parseInt(parts[0]);
			boolean earlier = promotions < this.promotions.size();
			long held = earlier ? this.promotions.get(promotions) : this.at;
			return promotions <= this.promotions.size() && Long.parseLong(parts[1]) <= held;
		}

		@Override
		public String toString() {
			return this.cluster + "/" + this.promotions.size();
		}

	}

	private static final class H2Driver implements JdbcDriverSettings {

		private static final Pattern URL = Pattern.compile("jdbc:h2:tcp://([^:/;]+)(?::(\\d+))?/([^;]*)(.*)");

		private static final String NETWORK_TIMEOUT = "NETWORK_TIMEOUT";

		@Override
		public String address(String jdbcUrl) {
			Matcher url = URL.matcher(jdbcUrl);
			return url.matches() ? url.group(1) + ":" + port(url) + "/" + url.group(3) : PREFIX;
		}

		private static int port(Matcher url) {
			return (url.group(2) != null) ? Integer.parseInt(url.group(2)) : 9092;
		}

		@Override
		public List<InetSocketAddress> servers(String jdbcUrl) {
			Matcher url = URL.matcher(jdbcUrl);
			return url.matches() ? List.of(InetSocketAddress.createUnresolved(url.group(1), port(url))) : List.of();
		}

		@Override
		public Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
			Matcher set = Pattern.compile(";" + NETWORK_TIMEOUT + "=(\\d+)").matcher(jdbcUrl);
			String millis = set.find() ? set.group(1) : dataSourceProperties.getProperty(NETWORK_TIMEOUT);
			return new Timeouts(null, null, (millis != null) ? Duration.ofMillis(Long.parseLong(millis)) : null, null);
		}

		@Override
		public Properties probeProperties(String jdbcUrl, Duration deadline) {
			Properties properties = new Properties();
			properties.setProperty(NETWORK_TIMEOUT, String.valueOf(deadline.plusMillis(500).toMillis()));
			return properties;
		}

		@Override
		public Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
			return new Properties(); // the driver has no time-out for connecting alone
		}

	}

}
