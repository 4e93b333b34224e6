package dev.failover.it.faults;

import java.sql.SQLException;
import java.time.Duration;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.Link;
import dev.failover.embedded.StopMode;

/**
 * Faults that the soak draws from; each strikes one node, and is undone afterwards.
 */
enum SoakFault {

	KILL {
		@Override
		void strike(EmbeddedNode node) {
			node.kill();
		}
	},

	STOP_FAST {
		@Override
		void strike(EmbeddedNode node) {
			node.stop(StopMode.FAST);
		}
	},

	STOP_IMMEDIATE {
		@Override
		void strike(EmbeddedNode node) {
			node.stop(StopMode.IMMEDIATE);
		}
	},

	RESTART {
		@Override
		void strike(EmbeddedNode node) {
			node.restart();
		}
	},

	FREEZE {
		@Override
		void strike(EmbeddedNode node) {
			node.freeze();
		}
	},

	CUT {
		@Override
		void strike(EmbeddedNode node) {
			node.link().cut();
		}
	},

	CUT_TO_CLIENT {
		@Override
		void strike(EmbeddedNode node) {
			node.link().cut(Link.Direction.TO_CLIENT);
		}
	},

	RESET {
		@Override
		void strike(EmbeddedNode node) {
			node.link().reset();
		}
	},

	DROP {
		@Override
		void strike(EmbeddedNode node) {
			node.link().dropConnections(0.5);
		}
	},

	DELAY {
		@Override
		void strike(EmbeddedNode node) {
			node.link().delay(Duration.ofMillis(200));
		}
	},

	TERMINATE {
		@Override
		void strike(EmbeddedNode node) throws SQLException {
			Stage.sql(node, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'");
		}
	},

	SWITCH_ROLES {
		@Override
		void strike(EmbeddedNode node) {
			node.promote();
		}
	};

	abstract void strike(EmbeddedNode node) throws SQLException;

}
