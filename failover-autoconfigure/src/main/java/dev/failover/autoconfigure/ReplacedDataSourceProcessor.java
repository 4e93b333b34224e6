package dev.failover.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.util.ClassUtils;

/**
 * Removes all beans that would start the engine if the failover data source was replaced
 * after it was defined, as by Boot's test database. {@code Failover} can still be
 * injected, but connects to no node until it is used.
 */
final class ReplacedDataSourceProcessor implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(ReplacedDataSourceProcessor.class);

	private static final String DATA_SOURCE = "dataSource";

	private static final String PACKAGE = ClassUtils.getPackageName(ReplacedDataSourceProcessor.class) + ".";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		if (AotDetector.useGeneratedArtifacts() || isDefinedBy(FailoverDataSourceConfiguration.class, beans)
				|| !(beans instanceof BeanDefinitionRegistry registry)) {
			return;
		}
		logger.info("The failover data source was replaced by another one, such as a test database. "
				+ "Failover connects to no node");
		for (String name : beans.getBeanDefinitionNames()) {
			if (startsEngine(name, beans.getBeanDefinition(name))) {
				registry.removeBeanDefinition(name);
			}
		}
	}

	private static boolean isDefinedBy(Class<?> configuration, ConfigurableListableBeanFactory beans) {
		return beans.containsBeanDefinition(DATA_SOURCE)
				&& configuration.getName().equals(beans.getBeanDefinition(DATA_SOURCE).getFactoryBeanName());
	}

	private static boolean startsEngine(String name, BeanDefinition definition) {
		String factory = (definition.getFactoryBeanName() != null) ? definition.getFactoryBeanName()
				: definition.getBeanClassName();
		boolean method = definition.getFactoryMethodName() != null;
		boolean engine = name.equals("failoverInitializer") || name.equals("failoverDoctor")
				|| name.equals("failoverPoolMetadataProvider");
		return method && factory != null && factory.startsWith(PACKAGE)
				&& (engine || factory.indexOf('.', PACKAGE.length()) != -1);
	}

}
