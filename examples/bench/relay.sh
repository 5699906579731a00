#!/bin/sh
# How many messages a second one hub relays, durably, from Postfix's smtp-source to smtp-sink, against both without a
# hub between them.
#   relay.sh [MESSAGES] [SESSIONS...]      default: 20000 messages of 4 KB, 10 and 20 sessions
# BRIDGEHEAD: the command to run it (default: ./bridgehead of this tree). Needs smtp-source and smtp-sink (package postfix).
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
bridgehead=${BRIDGEHEAD:-$here/../../bridgehead}
messages=${1:-20000}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 10 20
size=4096

PATH=$PATH:/usr/sbin:/sbin
if ! command -v smtp-source >/dev/null; then
  [ "$(id -u)" = 0 ] || { echo "relay.sh: install Postfix for smtp-source and smtp-sink" >&2; exit 3; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postfix >/dev/null
fi

work=$(mktemp -d)
hub='' sink=''
stop() {
  [ -z "$hub" ] || kill "$hub" 2>/dev/null || true
  [ -z "$sink" ] || kill "$sink" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 3' INT TERM

now() { date +%s%N; }
port=$((20000 + $$ % 20000))
[ "$(id -u)" = 0 ] && user='-u nobody' || user=''
# shellcheck disable=SC2086
smtp-sink $user -c "127.0.0.1:$port" 1000 >"$work/counter" 2>"$work/sink.err" &
sink=$!

counted() { tr '\r' '\n' <"$work/counter" | sed -n '/[0-9]/p' | tail -n 1 | tr -dc '0-9'; }
await() { # NUMBER
  until [ "$(counted || echo 0)" -ge "$1" ] 2>/dev/null; do
    kill -0 "$sink" || { cat "$work/sink.err" >&2; exit 3; }
    sleep 0.05
  done
}
rate() { echo "$1 $2 $3" | awk '{ printf "%.0f", $1 * 1e9 / ($3 - $2) }'; }
source_to() { smtp-source -s "$1" -m "$messages" -l "$size" -f load@client.test -t user@sink.test "$2"; }

sed "s/@SINK@/$port/" "$here/relay.yaml" >"$work/relay.yaml"
"$bridgehead" run "$work/relay.yaml" --data "$work/data" --ready-file "$work/ready.json" -q >"$work/hub.out" 2>&1 &
hub=$!
until [ -s "$work/ready.json" ]; do
  kill -0 "$hub" 2>/dev/null || { cat "$work/hub.out" >&2; exit 3; }
  sleep 0.1
done
door=$(sed -n 's/.*"Source": "\([^"]*\)".*/\1/p' "$work/ready.json")

total=0
echo "$messages messages of $size octets, $(getconf _NPROCESSORS_ONLN) processors, sync on $(df -P "$work" | awk 'NR == 2 { print $1 }')"
for sessions in "$@"; do
  begin=$(now); source_to "$sessions" "127.0.0.1:$port"; total=$((total + messages)); await "$total"; end=$(now)
  direct=$(rate "$messages" "$begin" "$end")
  source_to "$sessions" "$door" >/dev/null && total=$((total + messages)) && await "$total" # the JVM is warm after this
  begin=$(now); source_to "$sessions" "$door"; accepted=$(now); total=$((total + messages)); await "$total"; end=$(now)
  relayed=$(rate "$messages" "$begin" "$end")
  echo "$sessions sessions: direct $direct/s; accepted $(rate "$messages" "$begin" "$accepted")/s, relayed $relayed/s (ratio $(echo "$relayed $direct" | awk '{ printf "%.2f", $1 / $2 }'))"
done
