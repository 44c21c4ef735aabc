# shellcheck shell=bash
# A PostgreSQL cluster that lives in a folder, listens on a free loopback port and goes away again.
# To be sourced:  postgres_start DIR [setting=value …]  sets POSTGRES_URL;  postgres_stop  ends it.

POSTGRES_URL=
postgres_data=

# The folder with the newest installed initdb and postgres.
postgres_bin() {
  local path
  path=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$path" ] || path=$(command -v initdb) || return 1
  dirname "$path"
}

# PostgreSQL refuses to run as root; then the account `postgres` of the Debian package does it.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@")
  else
    "$@"
  fi
}

# Whether nobody listens on this loopback port.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    if port_is_free "$port"; then echo "$port"; return; fi
  done
}

postgres_start() { # folder, settings…
  local bin port setting attempt options=''
  bin=$(postgres_bin) || return 1
  mkdir -p "$1"
  postgres_data="$1/data"
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$1"
    # The folder above belongs to root alone (mktemp); the server must be able to pass through it.
    chmod o+x "$(dirname "$1")"
  fi
  shift
  for setting in "${@:-fsync=off}"; do options+=" -c $setting"; done
  if [ $# -eq 0 ]; then options+=' -c full_page_writes=off -c synchronous_commit=off'; fi
  as_postgres "$bin/initdb" -D "$postgres_data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null || return 1
  for attempt in 1 2 3; do
    port=$(free_port)
    if as_postgres "$bin/pg_ctl" -D "$postgres_data" -l "$postgres_data/log" -w -t 60 \
      -o "-h 127.0.0.1 -p $port -k $postgres_data -c max_connections=200 $options" start >/dev/null; then
      POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
      return 0
    fi
    echo "PostgreSQL did not start on port $port (attempt $attempt)" >&2
  done
  tail -n 20 "$postgres_data/log" >&2
  return 1
}

postgres_stop() {
  [ -n "$postgres_data" ] || return 0
  if [ -f "$postgres_data/postmaster.pid" ]; then
    as_postgres "$(postgres_bin)/pg_ctl" -D "$postgres_data" -m immediate -w stop >/dev/null || true
  fi
  postgres_data=
  POSTGRES_URL=
}
