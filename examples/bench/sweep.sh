#!/bin/sh
# Failure sweeps of generated networks against recomputing every source with JGraphT's Dijkstra, in one run.
#   sweep.sh        needs the test classes: mvn -q -DskipTests package
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
[ -d "$root/target/test-classes/org/bridgehead/bench" ] || {
  echo "sweep.sh: build first: mvn -q -DskipTests package" >&2
  exit 3
}
jgrapht=$(find "$root/target/lib" -name 'jgrapht-core-*.jar' | head -n 1)
exec java -cp "$root/target/test-classes:$root/target/classes:$root/target/lib/*:$jgrapht" org.bridgehead.bench.SweepBenchmark
