package dev.failover.it.library;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * Entity that Hibernate keeps in its second-level cache.
 */
@Entity
@Cacheable
class Item {

	@Id
	private long id;

	Item() {
	}

	Item(long id) {
		this.id = id;
	}

	long id() {
		return this.id;
	}

}
