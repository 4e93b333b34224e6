package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.it.library.LibraryApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.jdbc.PgConnection;

import org.springframework.integration.jdbc.channel.PgConnectionSupplier;
import org.springframework.integration.jdbc.channel.PostgresChannelMessageTableSubscriber;
import org.springframework.integration.jdbc.channel.PostgresSubscribableChannel;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.messaging.support.GenericMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a channel of Spring Integration whose subscriber listens to notifications of
 * PostgreSQL on a connection of the pool.
 */
class ChannelFaultTests {

	private static final String[] NOTIFICATION = { """
			create function notify_message() returns trigger language plpgsql as $$
			begin
				perform pg_notify('int_channel_message_notify', new.region || ' ' || new.group_key);
				return new;
			end $$""",
			"create trigger notify after insert on int_channel_message for each row execute function notify_message()" };

	/**
	 * A demoted server that goes on keeps the connection that listens.
	 */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEMOTION")
	void aSubscriberReceivesWhatIsSentAfterwardsAndKeepsNoConnectionOfTheLostNode(LibraryFault fault) throws Exception {
		try (EmbeddedPair pair = startPair(); Application application = LibraryApplication.JDBC.start(pair)) {
			PostgresChannelMessageTableSubscriber subscriber = new PostgresChannelMessageTableSubscriber(
					new PooledSupplier(application.dataSource()));
			List<Object> received = new CopyOnWriteArrayList<>();
			PostgresSubscribableChannel channel = channel(application, subscriber);
			channel.subscribe((message) -> received.add(message.getPayload()));
			subscriber.start();
			try {
				channel.send(new GenericMessage<>("before"));
				application.await("the first message", () -> received.contains("before"));
				if (fault == LibraryFault.SWITCHOVER) {
					pair.mirror().promote();
				}
				else {
					fault.cause(pair, application);
				}
				application.awaitMode(Mode.FAILED_OVER);
				channel.send(new GenericMessage<>("after"));
				application.await("the message after the fault", () -> received.contains("after"));
				assertThat(received).containsOnlyOnce("before", "after");
				application.await("no connection of the lost node",
						() -> application.failover().pool(new Node("primary")).active() == 0);
			}
			finally {
				subscriber.stop();
			}
		}
	}

	private static EmbeddedPair startPair() throws Exception {
		EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
		LibraryApplication.createTables(pair);
		ServerSql.execute(pair.primary(), NOTIFICATION);
		return pair;
	}

	private static PostgresSubscribableChannel channel(Application application,
			PostgresChannelMessageTableSubscriber subscriber) throws Exception {
		JdbcChannelMessageStore store = new JdbcChannelMessageStore(application.dataSource());
		store.setChannelMessageStoreQueryProvider(new PostgresChannelMessageStoreQueryProvider());
		store.afterPropertiesSet();
		PostgresSubscribableChannel channel = new PostgresSubscribableChannel(store, "group", subscriber);
		channel.setBeanFactory(application.context());
		channel.afterPropertiesSet();
		return channel;
	}

	/**
	 * Supplies a connection of the pool, and gives back the one before.
	 */
	private static final class PooledSupplier implements PgConnectionSupplier {

		private final DataSource dataSource;

		private @Nullable Connection pooled;

		PooledSupplier(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		@Override
		public synchronized PgConnection get() throws SQLException {
			if (this.pooled != null) {
				this.pooled.close();
			}
			this.pooled = this.dataSource.getConnection();
			return this.pooled.unwrap(PgConnection.class);
		}

	}

}
