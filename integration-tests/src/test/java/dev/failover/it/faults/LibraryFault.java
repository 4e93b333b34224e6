package dev.failover.it.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;

/**
 * Ways in which an application comes to write on the mirror.
 */
enum LibraryFault {

	KILL {

		@Override
		void cause(EmbeddedPair pair, Application application) {
			pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			pair.mirror().promoteAlone();
		}

		@Override
		void end(EmbeddedPair pair) {
			pair.primary().start();
		}

	},

	FREEZE {

		@Override
		void cause(EmbeddedPair pair, Application application) {
			pair.primary().freeze();
			application.awaitMode(Mode.READ_ONLY);
			pair.mirror().promoteAlone();
		}

		@Override
		void end(EmbeddedPair pair) {
			pair.primary().thaw();
		}

	},

	DEMOTION {

		@Override
		void cause(EmbeddedPair pair, Application application) throws Exception {
			ServerSql.execute(pair.primary(), "alter system set default_transaction_read_only = on",
					"select pg_reload_conf()");
			application.awaitMode(Mode.READ_ONLY);
			pair.mirror().promoteAlone();
		}

	},

	SWITCHOVER {

		@Override
		void cause(EmbeddedPair pair, Application application) throws Exception {
			CompletableFuture<RouteChange> switchover = application.failover()
				.switchover(new Node("mirror"), false, "alice");
			application.await("drained", () -> application.failover().pool(new Node("primary")).active() == 0);
			pair.mirror().promote();
			switchover.get(30, TimeUnit.SECONDS);
		}

	};

	/**
	 * Causes the fault, and returns when writes can go to the mirror.
	 */
	abstract void cause(EmbeddedPair pair, Application application) throws Exception;

	/**
	 * Lets the primary answer again.
	 */
	void end(EmbeddedPair pair) {
	}

}
