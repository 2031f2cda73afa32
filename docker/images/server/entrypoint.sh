#!/bin/sh
# Starts the server from its environment, as Temporal's own script does (docker/scripts/sh/entrypoint.sh of its sources).
set -eu

own_address() {
  getent hosts "$(cat /etc/hostname)" | { read -r address _ && echo "$address"; }
}

: "${BIND_ON_IP:=$(own_address)}"
export BIND_ON_IP

# An address that others can reach is needed where it listens on all of them.
if [ "$BIND_ON_IP" = 0.0.0.0 ] || [ "$BIND_ON_IP" = ::0 ]; then
  : "${TEMPORAL_BROADCAST_ADDRESS:=$(own_address)}"
  export TEMPORAL_BROADCAST_ADDRESS
fi

exec temporal-server start
