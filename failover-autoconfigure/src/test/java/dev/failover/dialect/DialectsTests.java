package dev.failover.dialect;

import java.util.List;

import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class DialectsTests {

	@Test
	void knowsPostgres() {
		assertThat(new Dialects(List.of()).find("jdbc:postgresql://db1/orders"))
			.containsInstanceOf(PostgresDialect.class);
	}

	@Test
	void prefersTheApplicationsOwn() {
		Dialect own = new StubDialect();
		assertThat(new Dialects(List.of(own)).find("jdbc:stub:1")).containsSame(own);
	}

	@Test
	void saysWhenItKnowsNone() {
		assertThat(new Dialects(List.of()).find("jdbc:unknown:1")).isEmpty();
	}

}
