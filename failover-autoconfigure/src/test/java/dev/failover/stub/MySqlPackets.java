package dev.failover.stub;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Packets of the MySQL client/server protocol, without their headers.
 * <p>
 * Source: MySQL Internals, "Client/Server Protocol".
 */
final class MySqlPackets {

	static final byte QUIT = 0x01;

	static final byte QUERY = 0x03;

	/** Length of a packet that another one continues. */
	static final int LONGEST = 0xffffff;

	private static final int TLS = 0x800;

	/** Protocol 4.1, transactions, secure connection, plug-in authentication. */
	private static final int CAPABILITIES = 0x3ff7df & ~0x40 & ~TLS & ~0x20 & ~0x80 & ~0x100000 & ~0x400;

	private static final int UTF8MB4 = 45;

	private static final int AUTOCOMMIT = 0x02;

	private static final Map<String, String> VARIABLES = Map.ofEntries(Map.entry("max_allowed_packet", "1073741824"),
			Map.entry("wait_timeout", "28800"), Map.entry("interactive_timeout", "28800"),
			Map.entry("net_write_timeout", "60"), Map.entry("time_zone", "SYSTEM"),
			Map.entry("system_time_zone", "UTC"), Map.entry("sql_mode", ""), Map.entry("init_connect", ""),
			Map.entry("character_set", "utf8mb4"), Map.entry("collation", "utf8mb4_general_ci"),
			Map.entry("isolation", "REPEATABLE-READ"), Map.entry("lower_case_table_names", "0"),
			Map.entry("query_cache", "0"), Map.entry("performance_schema", "0"), Map.entry("read_only", "0"));

	private MySqlPackets() {
	}

	static byte[] greeting(boolean tls) {
		int capabilities = tls ? CAPABILITIES | TLS : CAPABILITIES;
		ByteArrayOutputStream packet = new ByteArrayOutputStream();
		packet.write(10);
		text(packet, "8.0.36");
		number(packet, 1, 4);
		text(packet, "saltsalt");
		number(packet, capabilities, 2);
		packet.write(UTF8MB4);
		number(packet, AUTOCOMMIT, 2);
		number(packet, capabilities >> 16, 2);
		packet.write(21);
		packet.writeBytes(new byte[10]);
		text(packet, "saltsaltsalt");
		text(packet, "mysql_native_password");
		return packet.toByteArray();
	}

	static boolean asksForTls(byte[] response) {
		return response.length == 32 && (response[1] & (TLS >> 8)) != 0;
	}

	static byte[] ok() {
		return new byte[] { 0, 0, 0, AUTOCOMMIT, 0, 0, 0 };
	}

	private static byte[] end() {
		return new byte[] { (byte) 0xfe, 0, 0, AUTOCOMMIT, 0 };
	}

	/**
	 * Returns the beginning of a statement, without comments.
	 */
	static String statement(byte[] command) {
		return new String(command, 1, Math.min(command.length - 1, 4_000), StandardCharsets.ISO_8859_1)
			.replaceAll("(?s)/\\*.*?\\*/", "")
			.strip();
	}

	static boolean isQuery(String sql) {
		return sql.regionMatches(true, 0, "select", 0, 6);
	}

	/**
	 * Returns the answer to a query: one row with a value for each of its columns.
	 */
	static List<byte[]> row(String sql) {
		List<String> columns = Arrays.stream(sql.substring(6).split(",")).map(String::strip).toList();
		List<byte[]> packets = new ArrayList<>();
		packets.add(new byte[] { (byte) columns.size() });
		ByteArrayOutputStream row = new ByteArrayOutputStream();
		for (String column : columns) {
			String name = column.replaceFirst("(?i).*\\sas\\s+", "");
			packets.add(column(name));
			prefixed(row, value(column));
		}
		packets.add(end());
		packets.add(row.toByteArray());
		packets.add(end());
		return packets;
	}

	private static byte[] column(String name) {
		ByteArrayOutputStream packet = new ByteArrayOutputStream();
		for (String text : new String[] { "def", "", "", "", name, name }) {
			prefixed(packet, text);
		}
		packet.write(12);
		number(packet, UTF8MB4, 2);
		number(packet, 1_024, 4);
		packet.write(0xfd);
		number(packet, 0, 5);
		return packet.toByteArray();
	}

	private static String value(String column) {
		String expression = column.toLowerCase(Locale.ROOT);
		return VARIABLES.entrySet()
			.stream()
			.filter((variable) -> expression.contains(variable.getKey()))
			.max((one, other) -> Integer.compare(one.getKey().length(), other.getKey().length()))
			.map(Map.Entry::getValue)
			.orElse("1");
	}

	private static void number(ByteArrayOutputStream packet, int value, int bytes) {
		for (int i = 0; i < bytes; i++) {
			packet.write((i < 4) ? value >> (8 * i) : 0);
		}
	}

	private static void text(ByteArrayOutputStream packet, String text) {
		packet.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
		packet.write(0);
	}

	private static void prefixed(ByteArrayOutputStream packet, String text) {
		packet.write(text.length());
		packet.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
	}

}
