package dev.failover.it.history;

/**
 * A write that the surviving database has.
 *
 * @param id id of the operation
 * @param client the client that wrote it
 * @param number its number among the writes of that client
 * @param server the server that took it
 */
public record StoredWrite(long id, int client, long number, int server) {
}
