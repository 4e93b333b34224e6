package dev.failover.benchmarks.peers;

import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.overhead.Contender;
import dev.failover.benchmarks.stub.StubNode;
import software.amazon.jdbc.ds.AwsWrapperDataSource;

/**
 * AWS Advanced JDBC Wrapper with its default plugins, as the data source under HikariCP:
 * the set-up of its manual for pools.
 */
public final class AwsWrapper extends Contender {

	public AwsWrapper() {
		super("AWS Advanced JDBC Wrapper", AwsWrapperDataSource.class);
	}

	@Override
	public DataSource open() {
		AwsWrapperDataSource wrapper = new AwsWrapperDataSource();
		wrapper.setJdbcProtocol("jdbc:postgresql:");
		wrapper.setServerName(StubNode.PRIMARY.host());
		wrapper.setServerPort("5432");
		wrapper.setDatabase("benchmark");
		wrapper.setTargetDataSourceClassName(StubDataSource.class.getName());
		Properties properties = new Properties();
		properties.setProperty("wrapperDialect", "pg");
		wrapper.setTargetDataSourceProperties(properties);
		HikariConfig config = new HikariConfig();
		config.setDataSource(wrapper);
		return closeLater(new HikariDataSource(config));
	}

}
