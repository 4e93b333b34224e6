package dev.failover.internal.transaction;

import java.lang.reflect.Method;

import dev.failover.internal.routing.SerializableReads;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.util.ClassUtils;

/**
 * {@link TransactionAttributeSource} that notes the names of the serializable read-only
 * transactions that an interceptor is about to begin. Thread-safe.
 */
public final class SerializableReadsSource implements TransactionAttributeSource {

	private final TransactionAttributeSource source;

	private final SerializableReads reads;

	/**
	 * Creates a source.
	 * @param source provides the attributes
	 * @param reads receives the names
	 */
	public SerializableReadsSource(TransactionAttributeSource source, SerializableReads reads) {
		this.source = source;
		this.reads = reads;
	}

	@Override
	public boolean isCandidateClass(Class<?> targetClass) {
		return this.source.isCandidateClass(targetClass);
	}

	@Override
	public boolean hasTransactionAttribute(Method method, @Nullable Class<?> targetClass) {
		return this.source.hasTransactionAttribute(method, targetClass);
	}

	@Override
	public @Nullable TransactionAttribute getTransactionAttribute(Method method, @Nullable Class<?> targetClass) {
		TransactionAttribute attribute = this.source.getTransactionAttribute(method, targetClass);
		if (attribute != null && SerializableReads.isOne(attribute)) {
			String name = attribute.getName();
			this.reads.add((name != null) ? name : ClassUtils.getQualifiedMethodName(method, targetClass));
		}
		return attribute;
	}

}
