create table if not exists migrated (id bigint primary key, name text);
