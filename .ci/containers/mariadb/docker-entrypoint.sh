#!/usr/bin/env bash
# Does what the entry point of the official image of MariaDB does, as far as the tests need it.
set -e
[ "${1:0:1}" != - ] || set -- mariadbd "$@"
directory=/var/lib/mysql

setting() { # value of MARIADB_$1 or MYSQL_$1
  local own=MARIADB_$1 other=MYSQL_$1
  printf %s "${!own:-${!other}}"
}

quoted() {
  printf "'%s'" "${1//\'/\'\'}"
}

statements() { # one on each line, as --init-file demands
  local root user database
  root=$(quoted "$(setting ROOT_PASSWORD)")
  user=$(setting USER)
  database=$(setting DATABASE)
  echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $root;"
  echo "CREATE USER 'root'@'%' IDENTIFIED BY $root;"
  echo "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
  [ -z "$database" ] || echo "CREATE DATABASE IF NOT EXISTS \`$database\`;"
  [ -z "$user" ] || echo "CREATE USER $(quoted "$user")@'%' IDENTIFIED BY $(quoted "$(setting PASSWORD)");"
  [ -z "$user" ] || [ -z "$database" ] || echo "GRANT ALL ON \`$database\`.* TO $(quoted "$user")@'%';"
  cat /docker-entrypoint-initdb.d/*.sql 2>/dev/null || true
}

if [ "$1" = mariadbd ]; then
  mkdir -p "$directory" /run/mysqld
  chown -R mysql: "$directory" /run/mysqld
  if [ ! -d "$directory/mysql" ]; then
    mariadb-install-db --user=mysql --datadir="$directory" --auth-root-authentication-method=normal --skip-test-db >/dev/null
    statements >/tmp/init.sql
    chown mysql: /tmp/init.sql
    set -- "$@" --init-file=/tmp/init.sql
  fi
  set -- "$@" --user=mysql
fi
exec "$@"
