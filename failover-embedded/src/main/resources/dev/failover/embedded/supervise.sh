# Runs a PostgreSQL server as its parent process. Reaps the server when it ends. Ends the
# server when the JVM, which holds the other end of standard input, has ended.
#
# usage: supervise.sh PID_FILE COMMAND [ARGUMENT...]

exec 3<&0 </dev/null
pid_file=$1
shift

"$@" 3<&- &
server=$!
echo "$server" >"$pid_file"

# Reads the name and the parent of a process. They tell the server and its children from
# an unrelated process to which the operating system has given the same id.
read_process() {
  name= parent=
  if [ -r "/proc/$1/stat" ]; then
    read -r _ name _ parent _ 2>/dev/null <"/proc/$1/stat"
  else
    parent=$(($(ps -o ppid= -p "$1" 2>/dev/null)))
  fi
}

is_server() {
  read_process "$server"
  [ "$server" -gt 1 ] && [ "$parent" = "$$" ]
}

children() {
  if [ -d /proc/self ]; then
    for directory in /proc/[0-9]*; do
      read_process "${directory#/proc/}"
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

end_server() {
  is_server || return
  kill -QUIT "$server"
  signal_all CONT
  rounds=0
  while is_server; do
    rounds=$((rounds + 1))
    if [ "$rounds" -gt 60 ]; then
      kill -STOP "$server"
      signal_all KILL
    fi
    sleep 0.1
  done
}

(
  while read -r _ <&3; do :; done
  end_server
) &
watcher=$!
exec 3<&-

wait "$server"
status=$?
kill -KILL "$watcher" 2>/dev/null
exit "$status"
