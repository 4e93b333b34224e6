package dev.failover.benchmarks.recovery.contender;

/**
 * A contender that has its names from whoever makes it.
 */
abstract class NamedContender implements Contender {

	private final String name;

	private final String title;

	NamedContender(String name, String title) {
		this.name = name;
		this.title = title;
	}

	@Override
	public final String name() {
		return this.name;
	}

	@Override
	public final String title() {
		return this.title;
	}

}
