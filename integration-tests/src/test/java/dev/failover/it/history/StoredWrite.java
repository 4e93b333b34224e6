package dev.failover.it.history;

/**
 * A write as the surviving database has it.
 *
 * @param id id of the operation
 * @param client the client that wrote it
 * @param number its number among the writes of that client
 * @param server the server that took it
 */
public record StoredWrite(long id, int client, long number, int server) {
}
