package dev.failover.stub;

import java.util.Map;
import java.util.TreeMap;

import dev.failover.History;

/**
 * Kinds of databases by what they know of their promotions.
 */
public enum Histories {

	/** Promotions are numbered. */
	GENERATIONS {

		@Override
		public History after(String database, long promotions) {
			return new GenerationHistory(database, promotions);
		}

		@Override
		public History afterLoss(String database, long promotions) {
			return after(database, promotions);
		}

	},

	/** Each server counts the transactions that it wrote. */
	VECTORS {

		@Override
		public History after(String database, long promotions) {
			Map<String, Long> written = new TreeMap<>();
			for (long server = 1; server <= promotions; server++) {
				written.put("server" + server, 100L);
			}
			return new VectorHistory(database, written);
		}

		@Override
		public History afterLoss(String database, long promotions) {
			Map<String, Long> written = new TreeMap<>(((VectorHistory) after(database, promotions)).written());
			written.put("server1", 50L);
			return new VectorHistory(database, written);
		}

	};

	/**
	 * Returns the history of a leader or a follower.
	 * @param promotions number of the leaders so far, 1 for a database whose leader never
	 * changed
	 */
	public abstract History after(String database, long promotions);

	/**
	 * Returns the history of a server that lacks, or may lack, data of the first leader.
	 */
	public abstract History afterLoss(String database, long promotions);

}
