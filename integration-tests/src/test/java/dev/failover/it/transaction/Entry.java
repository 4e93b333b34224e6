package dev.failover.it.transaction;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * Entity of the table that tests write to.
 */
@Entity
@Table(name = "entry")
class Entry {

	@Id
	private long id;

	protected Entry() {
	}

	Entry(long id) {
		this.id = id;
	}

	long id() {
		return this.id;
	}

}
