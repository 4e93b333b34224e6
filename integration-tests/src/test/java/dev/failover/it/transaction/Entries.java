package dev.failover.it.transaction;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * Rows, as an application with Spring Data reaches them.
 */
interface Entries extends JpaRepository<Entry, Long> {

}
