package dev.failover.internal.detection;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import dev.failover.ErrorClass;
import dev.failover.Verdict;
import dev.failover.internal.concurrent.ConnectionAbort;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.error.ErrorText;
import dev.failover.internal.error.ExceptionChain;
import dev.failover.internal.socket.ConnectionSockets;
import org.jspecify.annotations.Nullable;

/**
 * Connection that a prober keeps between probes. It is lent to one attempt at a time, and
 * renewed regularly, so that a login that no longer works is noticed before an outage.
 * Thread-safe.
 */
public final class KeptConnection {

	private static final Duration RENEWAL = Duration.ofSeconds(30);

	/** Pause after a renewal failed before the next one is tried. */
	private static final Duration RETRY = Duration.ofSeconds(2);

	/**
	 * Time for which a node that answers has to refuse new connections until that is
	 * told: a name that moves leads nowhere for a moment.
	 */
	private static final Duration UNREACHABLE = Duration.ofSeconds(5);

	/** Messages of the JDK's sockets for what the other side or a firewall has done. */
	private static final Set<String> REFUSALS = Set.of("Connection reset", "No route to host", "Broken pipe");

	/** Least pause between two logins that look where the name of the node leads. */
	private static final Duration LOOK_PAUSE = Duration.ofMillis(100);

	/** Longest pause between two looks. */
	private static final Duration LONGEST_LOOK_PAUSE = Duration.ofSeconds(1);

	private static final long LENT_POLL_MILLIS = 5;

	private final ProbeConnector connector;

	private final ErrorClassification errors;

	private final ProbeClock clock;

	private final LoginBackoff logins;

	private final BlockingQueue<Session> kept = new ArrayBlockingQueue<>(1);

	/** Number of attempts that have answered and still use their connection. */
	private final AtomicInteger lent = new AtomicInteger();

	private final AtomicBoolean renewing = new AtomicBoolean();

	private volatile long renewalNanos;

	/** Time that the last login took. */
	private volatile long loginNanos;

	private volatile @Nullable Problem loginProblem;

	/** Since when new connections are refused while the kept one is used, or null. */
	private volatile @Nullable Long unreachableSince;

	private volatile boolean closed;

	/**
	 * Creates a keeper without a connection.
	 * @param connector opens connections
	 * @param errors classifies refused logins
	 * @param interval period of the probes
	 */
	public KeptConnection(ProbeConnector connector, ErrorClassification errors, Duration interval, ProbeClock clock) {
		this.connector = connector;
		this.errors = errors;
		this.clock = clock;
		this.logins = new LoginBackoff(interval);
	}

	/**
	 * Opens a new connection.
	 * @param sockets receives the sockets of the connection
	 */
	Session open(ConnectionSockets sockets) throws SQLException {
		long begun = this.clock.nanoTime();
		this.logins.tried(begun);
		try {
			Session session = new Session(this.connector.open(sockets), sockets, begun);
			this.loginNanos = this.clock.nanoTime() - begun;
			this.logins.accepted();
			this.loginProblem = null;
			this.unreachableSince = null;
			return session;
		}
		catch (SQLException ex) {
			if (this.errors.classify(ex) == ErrorClass.UNAUTHORIZED) {
				this.logins.refused();
			}
			throw ex;
		}
	}

	/**
	 * Returns the pause before a probe that needs a login, or null if logins are not
	 * refused or the next probe needs none.
	 */
	@Nullable Duration loginPause() {
		return (this.logins.isRefused() && this.kept.isEmpty() && this.lent.get() == 0) ? this.logins.pause() : null;
	}

	/**
	 * Returns whether the server has refused a login so short a time ago that another one
	 * has to wait.
	 */
	boolean isLoginTooSoon() {
		return this.logins.isTooSoon(this.clock.nanoTime());
	}

	/**
	 * Takes the kept connection, or returns null if there is none. If an answered probe
	 * still reads replication on it, waits for it: on a slow link a fresh login would
	 * take longer.
	 * @param abandoned returns whether the attempt was given up, which takes and awaits
	 * no connection
	 */
	@Nullable Session take(BooleanSupplier abandoned) throws SQLException {
		try {
			Session session = abandoned.getAsBoolean() ? null : this.kept.poll();
			while (session == null && this.lent.get() > 0 && !abandoned.getAsBoolean()) {
				session = this.kept.poll(LENT_POLL_MILLIS, TimeUnit.MILLISECONDS);
			}
			return session;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while waiting for the connection of the probes", ex);
		}
	}

	/**
	 * Records that an attempt has answered and will use its session a little longer. An
	 * older session is not used any more: the name of the node may have led to another
	 * server then.
	 * @return the older session, which the caller closes, or null
	 */
	@Nullable Session lend(Session session) {
		this.lent.incrementAndGet();
		try {
			return removeOlder(session);
		}
		catch (Throwable ex) {
			giveBack();
			throw ex;
		}
	}

	/**
	 * Removes the kept session if it is older than another one.
	 * @return the session that is not kept any more, or null
	 */
	private @Nullable Session removeOlder(Session session) {
		Session other = this.kept.poll();
		boolean younger = other != null && other.openedNanos() - session.openedNanos() > 0;
		return (younger && offer(other)) ? null : other;
	}

	/**
	 * Records that the attempt no longer uses its connection.
	 */
	void giveBack() {
		this.lent.decrementAndGet();
	}

	/**
	 * Keeps a connection for the next probe, in place of an older one.
	 * @return false if a younger one is kept already
	 */
	boolean keep(Session session) {
		Session older = removeOlder(session);
		if (older != null) {
			ConnectionAbort.abort(older.connection(), Runnable::run);
		}
		return offer(session);
	}

	private boolean offer(Session session) {
		return !this.closed && this.kept.offer(session);
	}

	/**
	 * Returns whether a probe may log in to see where the name of the node leads now.
	 */
	boolean mayLookAgain() {
		long now = this.clock.nanoTime();
		Duration pause = LoginBackoff.pauseAfter(Duration.ofNanos(this.loginNanos), LOOK_PAUSE, LONGEST_LOOK_PAUSE);
		return !this.logins.isTooSoon(now) && this.logins.sinceLastTry(now) > pause.toNanos();
	}

	/**
	 * Returns the time since the last login was tried.
	 */
	Duration sinceLastLogin() {
		return Duration.ofNanos(this.logins.sinceLastTry(this.clock.nanoTime()));
	}

	/**
	 * Records that no fresh connection could be opened while the kept one is used.
	 */
	void loginFailed(Throwable error) {
		Problem problem = problem(error);
		if (problem.errorClass() == ErrorClass.UNAUTHORIZED) {
			this.loginProblem = problem;
		}
		noteUnreachable(error, problem);
	}

	/**
	 * Records that the node let nobody connect. That it does so for long, while it
	 * answers on the kept connection, is a problem of its logins.
	 */
	private void noteUnreachable(Throwable error, Problem problem) {
		if (problem.verdict() != Verdict.DOWN || !isRefusal(error, problem)) {
			return;
		}
		long now = this.clock.nanoTime();
		Long since = this.unreachableSince;
		if (since == null) {
			this.unreachableSince = now;
		}
		else if (now - since > UNREACHABLE.toNanos()) {
			this.loginProblem = new Problem(problem.text(), problem.errorClass(), Verdict.IMPAIRED);
		}
	}

	/**
	 * Returns whether the node refused a connection. It did not if that took too long (a
	 * busy server lets logins wait), if its name was not found, or if this process lacks
	 * descriptors or ports.
	 */
	private static boolean isRefusal(Throwable error, Problem problem) {
		Throwable cause = ExceptionChain.rootCause(error);
		return problem.errorClass() == ErrorClass.STARTING_UP || cause instanceof ConnectException
				|| cause instanceof EOFException
				|| (cause instanceof SocketException && REFUSALS.contains(String.valueOf(cause.getMessage())));
	}

	/**
	 * Returns the reason for which the node refuses new logins while the kept connection
	 * still works, or null.
	 */
	@Nullable Problem loginProblem() {
		return this.loginProblem;
	}

	/**
	 * Logs in again if the connection is old or the last login failed. Until the login
	 * has succeeded, probes use the old connection, so that a slow login does not count
	 * as a failed probe. At most one login is under way.
	 */
	void renew(Session old) {
		if (isRenewalDue(old) && this.renewing.compareAndSet(false, true)) {
			this.renewalNanos = this.clock.nanoTime();
			try {
				replace(open(new ConnectionSockets()));
			}
			catch (Throwable ex) {
				Problem problem = problem(ex);
				if (problem.verdict() == Verdict.IMPAIRED && !isOwnFault(ex)) {
					this.loginProblem = problem;
				}
				noteUnreachable(ex, problem);
			}
			finally {
				this.renewing.set(false);
			}
		}
	}

	private boolean isRenewalDue(Session old) {
		long now = this.clock.nanoTime();
		if (this.loginProblem == null && this.unreachableSince == null) {
			return now - old.openedNanos() > RENEWAL.toNanos();
		}
		Duration pause = this.logins.pause();
		return now - this.renewalNanos > ((pause.compareTo(RETRY) > 0) ? pause : RETRY).toNanos();
	}

	private void replace(Session fresh) {
		if (!keep(fresh)) {
			closeQuietly(fresh);
		}
	}

	/**
	 * Returns what an error says about the node.
	 */
	Problem problem(Throwable error) {
		ErrorClass errorClass = this.errors.classify(error);
		return new Problem(ErrorText.of(error), errorClass, verdict(error, errorClass));
	}

	/**
	 * Returns the verdict after an error. An error that a server sends proves that the
	 * server is alive, and one of this process says nothing against it.
	 */
	private static Verdict verdict(Throwable error, ErrorClass errorClass) {
		if (isOwnFault(error)) {
			return Verdict.IMPAIRED;
		}
		return switch (errorClass) {
			case CONNECTION_LOST, STARTING_UP -> Verdict.DOWN;
			case OVERLOADED, UNAUTHORIZED, READ_ONLY, UNUSABLE, REFUSED_BY_REPLICA -> Verdict.IMPAIRED;
			case APPLICATION -> isAnswer(error) ? Verdict.IMPAIRED : Verdict.DOWN;
		};
	}

	/**
	 * Returns whether an error shows a lack of this process, such as that of memory or
	 * threads.
	 */
	static boolean isOwnFault(Throwable error) {
		return error instanceof VirtualMachineError;
	}

	private static boolean isAnswer(Throwable error) {
		return error instanceof SQLException sql && sql.getSQLState() != null;
	}

	/**
	 * Closes the kept connection and keeps none from now on.
	 */
	void close() {
		this.closed = true;
		Session session = this.kept.poll();
		if (session != null) {
			closeQuietly(session);
		}
	}

	private static void closeQuietly(Session session) {
		try {
			session.connection().close();
		}
		catch (Throwable ex) {
			// the connection is not used any more
		}
	}

	/**
	 * Connection of the prober. Used by one attempt at a time.
	 */
	static final class Session {

		private final Connection connection;

		private final ConnectionSockets sockets;

		private final long openedNanos;

		private volatile @Nullable String server;

		/**
		 * Creates a session.
		 * @param sockets the sockets of the connection
		 * @param openedNanos when its login began, on the clock of the prober: the name
		 * of the node led to its server then
		 */
		Session(Connection connection, ConnectionSockets sockets, long openedNanos) {
			this.connection = connection;
			this.sockets = sockets;
			this.openedNanos = openedNanos;
		}

		Connection connection() {
			return this.connection;
		}

		ConnectionSockets sockets() {
			return this.sockets;
		}

		long openedNanos() {
			return this.openedNanos;
		}

		/**
		 * Returns product and version of the server, which most drivers know from the
		 * login; empty if the driver does not tell them. Asks the driver once.
		 */
		String server() {
			String known = this.server;
			if (known == null) {
				known = ask();
				this.server = known;
			}
			return known;
		}

		private String ask() {
			try {
				DatabaseMetaData database = this.connection.getMetaData();
				return ErrorText.bound(database.getDatabaseProductName() + " " + database.getDatabaseProductVersion());
			}
			catch (SQLException | RuntimeException | LinkageError ex) {
				return "";
			}
		}

	}

	/**
	 * Text and class of an error, and the verdict about the node that follows from it.
	 */
	record Problem(String text, ErrorClass errorClass, Verdict verdict) {

	}

}
