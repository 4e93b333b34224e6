package dev.failover;

/**
 * A condition was raised or has cleared.
 *
 * @param condition the condition
 * @param raised true when it was raised, false when it has cleared
 */
public record ConditionChangedEvent(Condition condition, boolean raised) implements FailoverEvent {
}
