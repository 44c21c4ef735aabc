# shellcheck shell=bash
# Servers for one run, each with its files in a folder of the caller's and on a free loopback port.
# To be sourced.
#
#   postgres_start DIR [setting=value …]   a PostgreSQL cluster; sets POSTGRES_URL. Without settings
#                                          it is quick and forgets everything in a power cut.
#   postgres_stop
#   smtp_start DIR                         a mail server (aiosmtpd); sets SMTP_ADDRESS, SMTP_MAILDIR and SMTP_TLS
#                                          (`STARTTLS port,TLS port,certificate of the authority`)
#   smtp_stop
#   arende_start DIR [argument …]          `$ARENDE_BIN serve`, on $ARENDE_PORT when it is set; sets ARENDE_URL and ARENDE_PID
#   arende_stop
#   arende_token DIR                       prints the access token of an agent and administrator made for it

POSTGRES_URL=
ARENDE_URL=
ARENDE_PID=
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

# ---- mail ----------------------------------------------------------------------------------------

SMTP_ADDRESS=
SMTP_MAILDIR=
SMTP_TLS=
smtp_pid=

# Debian's Python, since that is the one its python3-aiosmtpd is for.
smtp_python() {
  local python
  for python in /usr/bin/python3 python3; do
    "$python" -c 'import aiosmtpd' 2>/dev/null && { echo "$python"; return; }
  done
  return 1
}

# An authority and a certificate of it for localhost: ca.pem, server.pem, server.key.
certificate_make() { # folder
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=Test authority' -keyout "$1/ca.key" \
    -out "$1/ca.pem" 2>/dev/null &&
    openssl req -newkey rsa:2048 -nodes -subj '/CN=localhost' -keyout "$1/server.key" -out "$1/server.csr" 2>/dev/null &&
    openssl x509 -req -in "$1/server.csr" -CA "$1/ca.pem" -CAkey "$1/ca.key" -CAcreateserial -days 2 \
      -out "$1/server.pem" \
      -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n') 2>/dev/null
}

smtp_start() { # folder
  local python port starttls tls waited=0
  python=$(smtp_python) || return 1
  mkdir -p "$1/mails"
  certificate_make "$1" || return 1
  port=$(free_port)
  starttls=$(free_port)
  tls=$(free_port)
  "$python" tests/smtp_server.py "$port" "$1/mails" "$starttls" "$tls" "$1/server.pem" "$1/server.key" >"$1/smtp.log" 2>&1 &
  smtp_pid=$!
  while port_is_free "$port" || port_is_free "$starttls" || port_is_free "$tls"; do
    if ! kill -0 "$smtp_pid" 2>/dev/null || [ "$waited" -ge 100 ]; then
      echo 'The mail server did not start. Its last words:' >&2
      tail -n 20 "$1/smtp.log" >&2
      return 1
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
  SMTP_ADDRESS="127.0.0.1:$port"
  SMTP_MAILDIR="$1/mails"
  SMTP_TLS="$starttls,$tls,$1/ca.pem"
}

smtp_stop() {
  [ -n "$smtp_pid" ] || return 0
  kill "$smtp_pid" 2>/dev/null || true
  wait "$smtp_pid" 2>/dev/null || true
  smtp_pid=
  SMTP_ADDRESS=
}

# ---- Ärende --------------------------------------------------------------------------------------

arende_start() { # folder, arguments…
  local folder=$1 port waited=0
  shift
  port=${ARENDE_PORT:-$(free_port)}
  mkdir -p "$folder"
  ARENDE_URL="http://127.0.0.1:$port"
  ARENDE_DATA_DIR="$folder" ARENDE_BIND="127.0.0.1:$port" "$ARENDE_BIN" serve "$@" >"$folder/server.log" 2>&1 &
  ARENDE_PID=$!
  # A demo writes two years of tickets before it is ready.
  until curl -fsS -o "$folder/ready" "$ARENDE_URL/health/ready" 2>/dev/null; do
    if ! kill -0 "$ARENDE_PID" 2>/dev/null || [ "$waited" -ge 1200 ]; then
      echo "arende did not become ready. Its last words:" >&2
      tail -n 20 "$folder/server.log" >&2
      return 1
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
}

arende_stop() {
  [ -n "$ARENDE_PID" ] || return 0
  kill "$ARENDE_PID" 2>/dev/null || true
  wait "$ARENDE_PID" 2>/dev/null || true
  ARENDE_PID=
}

# Signs in; prints nothing and fails when the person is not there.
arende_sign_in() { # email, password
  curl -fsS -H 'Content-Type: application/json' -d "{\"email\":\"$1\",\"password\":\"$2\"}" \
    "$ARENDE_URL/api/v1/sessions" 2>/dev/null | sed -E 's/.*"accessToken" *: *"([^"]+)".*/\1/'
}

arende_token() { # folder of a running server
  local email='load@example.se' password='korrekt hast batteri klammer'
  arende_sign_in "$email" "$password" && return 0
  printf '%s\n' "$password" | ARENDE_DATA_DIR="$1" "$ARENDE_BIN" user add --email "$email" \
    --name 'Last Provsson' --role administrator --role agent --group servicedesk --password-stdin >"$1/user.log" 2>&1 ||
    { cat "$1/user.log" >&2; return 1; }
  arende_sign_in "$email" "$password"
}

# ---- Dovecot -------------------------------------------------------------------------------------
#
#   imap_start DIR      a Dovecot with IMAP and IMAPS; sets IMAP_TEST, to be exported as ARENDE_TEST_IMAP:
#                       `plain port,encrypted port,folder`. Everybody may sign in with the password `hemligt`;
#                       mail lies in DIR/mail/NAME (maildir), the authority's certificate in DIR/ca.pem.
#   imap_stop

IMAP_TEST=
imap_folder=

dovecot_path() { PATH="$PATH:/usr/sbin" command -v dovecot; }

imap_start() { # folder
  local folder=$1 plain encrypted waited=0 user group
  mkdir -p "$folder/mail" "$folder/run"
  # Dovecot refuses to let root read mail; then the account `nobody` owns it.
  if [ "$(id -u)" -eq 0 ]; then user=nobody group=nogroup; else user=$(id -un) group=$(id -gn); fi
  certificate_make "$folder" || return 1
  plain=$(free_port)
  encrypted=$(free_port)
  while [ "$encrypted" = "$plain" ]; do encrypted=$(free_port); done
  cat >"$folder/dovecot.conf" <<CONF
base_dir = $folder/run
state_dir = $folder/run
log_path = $folder/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <$folder/server.pem
ssl_key = <$folder/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = $user
default_internal_group = $group
default_login_user = $user
first_valid_uid = 1
mail_location = maildir:$folder/mail/%n
maildir_stat_dirs = yes
mail_max_userip_connections = 100
passdb {
  driver = static
  args = password=hemligt
}
userdb {
  driver = static
  args = uid=$user gid=$group home=$folder/mail/%n
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $plain
  }
  inet_listener imaps {
    port = $encrypted
    ssl = yes
  }
}
service anvil {
  chroot =
}
CONF
  # The server must be able to pass through the folders above, which belong to root alone (mktemp).
  if [ "$(id -u)" -eq 0 ]; then
    chown -R "$user:$group" "$folder/mail"
    chmod 0777 "$folder/mail"
    chmod o+x "$folder" "$(dirname "$folder")"
  fi
  "$(dovecot_path)" -c "$folder/dovecot.conf" || { tail -n 20 "$folder/dovecot.log" >&2; return 1; }
  imap_folder=$folder
  while port_is_free "$plain"; do
    if [ "$waited" -ge 100 ]; then tail -n 20 "$folder/dovecot.log" >&2; return 1; fi
    sleep 0.1
    waited=$((waited + 1))
  done
  IMAP_TEST="$plain,$encrypted,$folder"
}

imap_stop() {
  [ -n "$imap_folder" ] || return 0
  "$(dovecot_path)" -c "$imap_folder/dovecot.conf" stop 2>/dev/null || true
  imap_folder=
  IMAP_TEST=
}
