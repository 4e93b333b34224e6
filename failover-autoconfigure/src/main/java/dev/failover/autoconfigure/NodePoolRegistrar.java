package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Node;
import dev.failover.internal.engine.FailoverRuntime;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the pool of each node as a bean, {@code <node>DataSourcePool}, for metrics
 * and other tools. The beans are lazy, so that the start of the application does not wait
 * for them, and no candidates for injection without a qualifier. The runtime closes them.
 */
final class NodePoolRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String NAME_SUFFIX = "DataSourcePool";

	private final Environment environment;

	private final ListableBeanFactory beans;

	NodePoolRegistrar(Environment environment, BeanFactory beans) {
		this.environment = environment;
		this.beans = (ListableBeanFactory) beans;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		for (ConfiguredNode node : ConfiguredNodes.find(this.environment, this.beans).all()) {
			registry.registerBeanDefinition(node.node() + NAME_SUFFIX, definition(node.node()));
		}
	}

	private static RootBeanDefinition definition(Node node) {
		RootBeanDefinition definition = new RootBeanDefinition(NodePoolRegistrar.class);
		definition.setFactoryMethodName("pool");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, node.name());
		definition.setAutowireMode(AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR);
		definition.setTargetType(HikariDataSource.class);
		definition.setDefaultCandidate(false);
		definition.setLazyInit(true);
		definition.setDestroyMethodName("");
		return definition;
	}

	/**
	 * Returns the pool of a node. Called by the container.
	 */
	static HikariDataSource pool(String node, FailoverRuntime runtime) {
		return runtime.hikari(new Node(node));
	}

}
