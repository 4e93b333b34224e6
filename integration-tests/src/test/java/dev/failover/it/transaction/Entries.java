package dev.failover.it.transaction;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rows, as an application with Spring Data reaches them.
 */
interface Entries extends JpaRepository<Entry, Long> {

	/**
	 * Whether a query of the repository's own meets a standby.
	 */
	@Transactional(readOnly = true)
	@Query(value = "select pg_is_in_recovery()", nativeQuery = true)
	boolean inRecovery();

}
