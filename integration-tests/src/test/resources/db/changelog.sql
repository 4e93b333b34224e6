--liquibase formatted sql

--changeset app:1
create table migrated (id bigint primary key);

--changeset app:2 context:later
alter table migrated add column name text;
