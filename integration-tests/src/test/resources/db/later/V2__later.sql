alter table migrated add column name text;
