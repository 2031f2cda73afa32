#!/bin/sh
# The first start makes a cluster; every start becomes the postmaster, so that signals reach it.
set -eu

if [ "$#" -eq 0 ] || [ "${1#-}" != "$1" ]; then set -- postgres "$@"; fi
if [ "$1" != postgres ]; then exec "$@"; fi
for argument in "$@"; do
  case $argument in '-?' | --help | --describe-config | -V | --version) exec "$@" ;; esac
done

# PostgreSQL refuses to be root: where the container was started as root, that is only for the folder's sake.
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

# As a literal or a name of SQL: $1 within quotes $2, those inside of it doubled.
quoted() {
  printf '%s%s%s' "$2" "$(printf '%s' "$1" | sed "s/$2/$2$2/g")" "$2"
}

make_cluster() {
  if [ -z "${POSTGRES_PASSWORD:-}" ]; then
    echo 'POSTGRES_PASSWORD is not set: a new cluster needs a password for its superuser' >&2
    exit 1
  fi
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  mkdir -p "$PGDATA"
  # What a container that was killed in here has left is no cluster yet.
  if [ -e "$PGDATA/$unfinished" ]; then find "$PGDATA" -mindepth 1 -delete; fi
  touch "$PGDATA/$unfinished"
  cp -R --sparse=always "$CLUSTER_TEMPLATE/." "$PGDATA/"
  chmod 700 "$PGDATA"
  # Nothing is synced while it is made: a machine that loses its power now has nothing yet to lose.
  {
    echo "UPDATE pg_authid SET rolname = $(quoted "$user" "'") WHERE oid = 10"
    echo "ALTER ROLE $(quoted "$user" '"') PASSWORD $(quoted "$POSTGRES_PASSWORD" "'")"
    if [ "$database" != postgres ]; then echo "CREATE DATABASE $(quoted "$database" '"')"; fi
  } | postgres --single -D "$PGDATA" -c fsync=off -c exit_on_error=on postgres >/dev/null
  rm "$PGDATA/$unfinished"
}

unfinished=cluster-is-being-made
if [ ! -s "$PGDATA/PG_VERSION" ] || [ -e "$PGDATA/$unfinished" ]; then make_cluster; fi
# The password is in the cluster now; it need not be in the environment of every backend.
unset POSTGRES_PASSWORD
exec "$@"
