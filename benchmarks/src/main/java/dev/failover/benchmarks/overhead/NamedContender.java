package dev.failover.benchmarks.overhead;

/**
 * A contender that has its name and its library from whoever makes it.
 */
public abstract class NamedContender implements Contender {

	private final String name;

	private final Class<?> library;

	protected NamedContender(String name, Class<?> library) {
		this.name = name;
		this.library = library;
	}

	@Override
	public final String name() {
		return this.name;
	}

	@Override
	public final Class<?> library() {
		return this.library;
	}

}
