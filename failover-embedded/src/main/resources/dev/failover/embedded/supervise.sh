# Runs a PostgreSQL server as its parent: reaps it when it ends, kills it with all its
# children when the line "kill" comes from standard input, and ends it when the JVM, which
# holds the other end, has gone.
#
# usage: supervise.sh PID_FILE COMMAND [ARGUMENT...]

exec 3<&0 </dev/null
pid_file=$1
shift

"$@" 3<&- &
server=$!
echo "$server" >"$pid_file"

# Is a process our server, or a child of it? Its id alone may have been given to another.
parent_of() {
  name= parent=
  if [ -r "/proc/$1/stat" ]; then
    read -r _ name _ parent _ 2>/dev/null <"/proc/$1/stat"
  else
    parent=$(($(ps -o ppid= -p "$1" 2>/dev/null)))
  fi
}

is_server() {
  parent_of "$server"
  [ "$server" -gt 1 ] && [ "$parent" = "$$" ]
}

children() {
  if [ -r "/proc/$server/task/$server/children" ]; then
    read -r pids <"/proc/$server/task/$server/children"
    echo "$pids"
  elif [ -d /proc/self ]; then
    for directory in /proc/[0-9]*; do
      parent_of "${directory#/proc/}"
      [ "$name" = "(postgres)" ] && [ "$parent" = "$server" ] && echo "${directory#/proc/}"
    done
  else
    ps -A -o pid= -o ppid= | while read -r pid parent; do
      [ "$parent" = "$server" ] && echo "$pid"
    done
  fi
}

signal_all() {
  for pid in $(children) "$server"; do
    [ "$pid" -gt 1 ] && kill -"$1" "$pid" 2>/dev/null
  done
}

# The server is stopped first, so that it makes no new children.
kill_all() {
  kill -STOP "$server"
  kill -KILL "$server" $(children) 2>/dev/null
}

end_server() {
  is_server || return
  kill -QUIT "$server"
  signal_all CONT
  rounds=0
  while is_server; do
    rounds=$((rounds + 1))
    if [ "$rounds" -gt 60 ]; then
      kill_all
    fi
    sleep 0.1
  done
}

(
  while read -r order <&3; do
    [ "$order" = kill ] && is_server && kill_all
  done
  end_server
) &
watcher=$!
exec 3<&-

wait "$server"
status=$?
kill -KILL "$watcher" 2>/dev/null
exit "$status"
