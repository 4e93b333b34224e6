--liquibase formatted sql logicalFilePath:changes

--changeset first:1
create table migrated (id bigint primary key);
