--liquibase formatted sql logicalFilePath:changes

--changeset first:1
create table migrated (id bigint primary key);

--changeset later:2
alter table migrated add column name text;
