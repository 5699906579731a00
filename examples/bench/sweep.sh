#!/bin/sh
# Failure sweeps of generated networks against recomputing every source with JGraphT's Dijkstra, in one run.
#   sweep.sh        needs the test classes: mvn -q -DskipTests package
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
[ -f "$root/target/test-classes/org/bridgehead/bench/SweepBenchmark.class" ] || {
  echo "sweep.sh: build first: mvn -q -DskipTests package" >&2
  exit 3
}
echo "$(getconf _NPROCESSORS_ONLN) processors, load $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown)"
exec java -cp "$root/target/test-classes:$root/target/classes:$root/target/lib/*" org.bridgehead.bench.SweepBenchmark
