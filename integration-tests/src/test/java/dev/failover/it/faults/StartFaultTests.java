package dev.failover.it.faults;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.it.library.LibraryApplication;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application that starts while only a read-only mirror is up, and whose
 * schema Hibernate keeps up to date.
 */
class StartFaultTests {

	@Test
	void hibernateUpdatesTheSchemaAndStartsOnTheMirrorWhenNothingIsToDo() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			LibraryApplication.createTables(pair);
			ServerSql.execute(pair.primary(), "drop table item");
			try (Application application = LibraryApplication.JPA.start(pair)) {
				assertThat(items(application)).isZero();
			}
			pair.primary().kill();
			try (Application application = LibraryApplication.JPA.launch(pair)) {
				assertThat(application.state().route().mode()).isEqualTo(Mode.READ_ONLY);
				assertThat(items(application)).isZero();
				pair.mirror().promoteAlone();
				application.awaitMode(Mode.FAILED_OVER);
				application.jdbc().update("insert into item (id) values (1)");
			}
		}
	}

	private static int items(Application application) {
		Integer items = application.jdbc().queryForObject("select count(*) from item", Integer.class);
		return (items != null) ? items : -1;
	}

}
