package dev.failover.internal.routing;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.SQLExceptionOverride.Override;
import dev.failover.Cause;
import dev.failover.ErrorClass;
import dev.failover.Mode;
import dev.failover.Route;
import dev.failover.dialect.ErrorClassifier;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.stub.StubDialect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrafficErrors}.
 */
final class TrafficErrorsTests {

	private final AtomicInteger suspicions = new AtomicInteger();

	private final AtomicInteger retired = new AtomicInteger();

	private Route route = new Route(PRIMARY, List.of(PRIMARY), Mode.NORMAL, 3, Instant.EPOCH, Cause.STARTUP);

	@ParameterizedTest
	@ValueSource(strings = { "08000", "08001", "08003", "08006", "08007", "08P01", "57P01", "57P02", "57P03" })
	void anErrorThatCouldMeanTheNodeIsGoneRaisesASuspicion(String sqlState) {
		assertThat(traffic(null).adjudicate(error(sqlState))).isEqualTo(Override.CONTINUE_EVICT);
		assertThat(this.suspicions).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "57014", "40001", "40P01", "23505", "53300", "28P01", "55P03", "25P03", "42601", "3D000" })
	void anApplicationErrorRaisesNoSuspicion(String sqlState) {
		SQLException error = error(sqlState);
		assertThat(traffic(null).adjudicate(error)).isEqualTo(Override.CONTINUE_EVICT);
		assertThat(this.suspicions).hasValue(0);
		assertThat(error.getSuppressed()).isEmpty();
	}

	@Test
	void aPoolTimeoutRaisesNoSuspicion() {
		traffic(null).adjudicate(new SQLException("Connection is not available"));
		assertThat(this.suspicions).hasValue(0);
	}

	@Test
	void aWriteRefusedOnTheWriteNodeRaisesASuspicionAndKeepsItsConnections() {
		assertThat(traffic(null).adjudicate(error("25006"))).isEqualTo(Override.CONTINUE_EVICT);
		assertThat(this.retired).hasValue(0);
		assertThat(this.suspicions).hasValue(1);
	}

	@Test
	void aWriteRefusedByANodeForReadsRaisesNoSuspicion() {
		this.route = new Route(null, List.of(PRIMARY), Mode.READ_ONLY, 4, Instant.EPOCH, Cause.NODE_LOST);
		assertThat(traffic(null).adjudicate(error("25006"))).isEqualTo(Override.CONTINUE_EVICT);
		assertThat(this.suspicions).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource(Override.class)
	void anOverrideOfTheApplicationDecidesAboutTheEviction(Override answer) {
		SQLExceptionOverride own = own(answer);
		assertThat(traffic(own).adjudicate(error("08006"))).isEqualTo(answer);
		assertThat(this.suspicions).hasValue(1);
	}

	@Test
	void anOverrideOfTheApplicationMayKeepAConnectionThatRefusesWrites() {
		assertThat(traffic(own(Override.DO_NOT_EVICT)).adjudicate(error("25006"))).isEqualTo(Override.DO_NOT_EVICT);
		assertThat(this.suspicions).hasValue(1);
	}

	@Test
	void anOverrideThatThrowsIsIgnored() {
		SQLExceptionOverride broken = new SQLExceptionOverride() {

			@java.lang.Override
			public Override adjudicate(SQLException error) {
				throw new IllegalStateException("broken");
			}

		};
		SQLException error = error("25006");
		assertThat(traffic(broken).adjudicate(error)).isEqualTo(Override.CONTINUE_EVICT);
		assertThat(error.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
		assertThat(this.suspicions).hasValue(1);
	}

	@Test
	void aClassifierThatThrowsIsIgnored() {
		ErrorClassifier broken = (error) -> {
			throw new IllegalStateException("broken");
		};
		ErrorClassification errors = new ErrorClassification(List.of(broken, new StubDialect()));
		new TrafficErrors(PRIMARY, errors, () -> this.route, reactions(), null).adjudicate(error("08006"));
		assertThat(this.suspicions).hasValue(1);
	}

	@Test
	void anErrorAfterTheRouteHasLeftTheNodeIsMarkedOnce() {
		this.route = new Route(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, 4, Instant.EPOCH, Cause.NODE_LOST);
		SQLException error = error("08006");
		TrafficErrors traffic = traffic(null);
		traffic.adjudicate(error);
		traffic.adjudicate(error);
		assertThat(error.getSuppressed()).singleElement()
			.isInstanceOf(NodeFaultException.class)
			.extracting(Throwable::getMessage)
			.asString()
			.isEqualTo("On node 'primary'. The route has left this node: mode FAILED_OVER since epoch 4 (node-lost). "
					+ "Work in flight there has failed; begin a new transaction");
	}

	@Test
	void anErrorOfANodeOnTheRouteIsNotMarkedAsLeft() {
		SQLException error = error("08006");
		traffic(null).adjudicate(error);
		assertThat(error.getSuppressed()).isEmpty();
	}

	@Test
	void countsTheErrorsThatConcernTheNode() {
		TrafficErrors traffic = traffic(null);
		traffic.adjudicate(error("23505"));
		assertThat(traffic.failures()).isZero();
		traffic.adjudicate(error("08006"));
		traffic.adjudicate(error("53300"));
		assertThat(traffic.failures()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(ErrorClass.class)
	void onlyALostConnectionAndAServerThatStartsOrMustNotBeUsedAreSuspicious(ErrorClass errorClass) {
		assertThat(TrafficErrors.isSuspicious(errorClass)).isEqualTo(
				Set.of(ErrorClass.CONNECTION_LOST, ErrorClass.STARTING_UP, ErrorClass.UNUSABLE).contains(errorClass));
	}

	private TrafficErrors.Reactions reactions() {
		return new TrafficErrors.Reactions(this.suspicions::incrementAndGet, this.retired::incrementAndGet);
	}

	private TrafficErrors traffic(@Nullable SQLExceptionOverride own) {
		return new TrafficErrors(PRIMARY, new ErrorClassification(List.of(new StubDialect())), () -> this.route,
				reactions(), own);
	}

	@Test
	void aConnectionOnWhichAReplicaRefusedSerializableWorkIsKept() {
		ErrorClassifier replica = (error) -> Optional.of(ErrorClass.REFUSED_BY_REPLICA);
		TrafficErrors onMirror = new TrafficErrors(MIRROR, new ErrorClassification(List.of(replica)), () -> this.route,
				reactions(), null);
		assertThat(onMirror.adjudicate(error("0A000"))).isEqualTo(Override.DO_NOT_EVICT);
		assertThat(this.suspicions).hasValue(0);
	}

	@Test
	void serializableWorkThatTheNodeForWritesRefusesShowsADemotion() {
		ErrorClassifier replica = (error) -> Optional.of(ErrorClass.REFUSED_BY_REPLICA);
		TrafficErrors onPrimary = new TrafficErrors(PRIMARY, new ErrorClassification(List.of(replica)),
				() -> this.route, reactions(), null);
		onPrimary.adjudicate(error("0A000"));
		assertThat(this.suspicions).hasValue(1);
		assertThat(this.retired).hasValue(1);
	}

	private static SQLExceptionOverride own(Override answer) {
		return new SQLExceptionOverride() {

			@java.lang.Override
			public Override adjudicate(SQLException error) {
				return answer;
			}

		};
	}

	private static SQLException error(String sqlState) {
		return new SQLException("an error", sqlState);
	}

}
