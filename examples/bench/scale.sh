#!/bin/sh
# How long whole processes take on large generated topologies: generate, route, routes, check.
#   scale.sh [SITES...]      default: 10000 20000
# Runs the launcher as users do; each question three times, the best counts. Heap: 1 GB. JAVA_HOME: which JDK. TMPDIR: where the topologies go (4 MB for 20000 sites).
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
[ $# -gt 0 ] || set -- 10000 20000
"$root/bridgehead" --version >/dev/null # builds what is missing
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 3' INT TERM

bridgehead() { BRIDGEHEAD_JAVA_OPTS=-Xmx1g "$root/bridgehead" "$@"; }
now() { date +%s%N; }
best() { # WHAT COMMAND...
  what=$1 least=''
  shift
  for _ in 1 2 3; do
    begin=$(now)
    # 1 is an answer too: something is unreachable, or the check found an error.
    "$@" >"$work/out" 2>"$work/err" || [ $? -eq 1 ] || { cat "$work/err" >&2; exit 3; }
    taken=$((($(now) - begin) / 1000000))
    if [ -z "$least" ] || [ "$taken" -lt "$least" ]; then least=$taken; fi
  done
  echo "$what $least $(wc -l <"$work/out")" | awk '{ lines = $NF; ms = $(NF - 1); NF -= 2; printf "  %-44s %6.2f s  %7d lines\n", $0, ms / 1000, lines }'
}

echo "$(getconf _NPROCESSORS_ONLN) processors, load $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown), $("$java" -version 2>&1 | sed -n 1p)"
best 'a process that does nothing (--version)' bridgehead --version
for sites in "$@"; do
  echo "$sites sites, degree 2.4"
  file=$work/$sites.yaml
  best generate bridgehead generate --sites "$sites" --degree 2.4 --seed 1 -O "$file"
  first=$(sed -n 's/^  \(S0*1\): .*/\1/p' "$file" | sed -n 1p)
  best 'route from the first site to the last' bridgehead route "$file" --from "$first" --to "S$sites"
  best 'routes from the first site, csv' bridgehead routes "$file" --from "$first" -o csv
  best check bridgehead check "$file"
done
