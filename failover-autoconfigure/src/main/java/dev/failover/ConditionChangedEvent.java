package dev.failover;

/**
 * Event published when a condition was raised or has cleared.
 *
 * @param condition the condition
 * @param raised true if it was raised, false if it has cleared
 */
public record ConditionChangedEvent(Condition condition, boolean raised) implements FailoverEvent {
}
