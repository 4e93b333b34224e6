package dev.failover.benchmarks.recovery.contender;

/**
 * The configuration of HAProxy: one port for writes, on whichever node is the primary,
 * and one for reads, on the first node that lives.
 *
 * @param primary port of the primary
 * @param mirror port of the mirror
 * @param primaryAgent port of the primary's role agent
 * @param mirrorAgent port of the mirror's role agent
 * @param writes port for writes
 * @param reads port for reads
 */
record HaproxyConfiguration(String primary, String mirror, String primaryAgent, String mirrorAgent, String writes,
		String reads) {

	private static final String TEMPLATE = """
			global
			    maxconn 200
			defaults
			    mode tcp
			    timeout connect 200ms
			    timeout client 30s
			    timeout server 30s
			    timeout check 250ms
			    retries 1
			    option redispatch 1
			    default-server inter 100ms downinter 100ms fall 2 rise 1 observe layer4 error-limit 1 on-error mark-down on-marked-down shutdown-sessions
			listen writes
			    bind 127.0.0.1:%5$s
			    option httpchk OPTIONS /primary
			    server primary 127.0.0.1:%1$s check port %3$s
			    server mirror 127.0.0.1:%2$s check port %4$s
			listen reads
			    bind 127.0.0.1:%6$s
			    option httpchk OPTIONS /any
			    server primary 127.0.0.1:%1$s check port %3$s
			    server mirror 127.0.0.1:%2$s check port %4$s backup
			""";

	/**
	 * With words in place of ports.
	 */
	static HaproxyConfiguration shown() {
		return new HaproxyConfiguration("<primary>", "<mirror>", "<primary's agent>", "<mirror's agent>", "<writes>",
				"<reads>");
	}

	/**
	 * The text of the file.
	 */
	String text() {
		return TEMPLATE.formatted(this.primary, this.mirror, this.primaryAgent, this.mirrorAgent, this.writes,
				this.reads);
	}

}
