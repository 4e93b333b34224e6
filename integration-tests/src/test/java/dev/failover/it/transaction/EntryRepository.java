package dev.failover.it.transaction;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

/**
 * Spring Data repository of {@link Entry}.
 */
interface EntryRepository extends JpaRepository<Entry, Long> {

	/**
	 * Returns whether the query runs on a standby.
	 */
	@Transactional(readOnly = true)
	@Query(value = "select pg_is_in_recovery()", nativeQuery = true)
	boolean inRecovery();

}
