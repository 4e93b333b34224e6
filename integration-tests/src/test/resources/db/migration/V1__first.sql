create table migrated (id bigint primary key);
