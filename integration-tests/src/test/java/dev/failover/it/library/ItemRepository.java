package dev.failover.it.library;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * Repository of items.
 */
interface ItemRepository extends JpaRepository<Item, Long> {

}
