package dev.failover.internal.routing;

/**
 * Marks a connection that leads to no server: what the pool of a fenced node is given, so
 * that whoever waits in it is released at once. The router never hands one out.
 */
interface Nowhere {

}
