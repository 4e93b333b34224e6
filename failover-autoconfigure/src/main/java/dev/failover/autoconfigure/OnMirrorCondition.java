package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if a mirror is configured, or something provides one.
 */
final class OnMirrorCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final String MIRROR_URL = "failover.mirror.url";

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("failover mirror");
		if (context.getEnvironment().containsProperty(MIRROR_URL)) {
			return ConditionOutcome.match(message.foundExactly("property " + MIRROR_URL));
		}
		if (isProvided(context.getBeanFactory())) {
			return ConditionOutcome.match(message.foundExactly("bean of type MirrorConnectionDetails"));
		}
		return ConditionOutcome.noMatch(message.didNotFind("property").items(MIRROR_URL));
	}

	private static boolean isProvided(@Nullable ListableBeanFactory beans) {
		return beans != null && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans,
				MirrorConnectionDetails.class, true, false).length > 0;
	}

}
