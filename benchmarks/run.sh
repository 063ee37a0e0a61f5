#!/usr/bin/env bash
# `./kt test --bench`: builds what is to be measured, then measures the budgets. Arguments: see --help.
# `./kt test --bench --micro [arguments of JMH]` measures single steps instead.
# `./kt test --bench --prune [entries] [bytes] [directory]` prunes a long ledger in a small heap (docs/retention.md).
# `./kt test --bench --presence [sizes] [workers on a node] [seconds]` measures what announcements cost (docs/scale.md).
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/.mvn/find-jdk.sh"
find_jdk
java=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

if [ "${1:-}" = --micro ]; then
  shift
  "$top/mvnw" -q -B -f "$top/pom.xml" -pl benchmarks -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile="$top/benchmarks/target/classpath" -Dmdep.includeScope=runtime >&2
  exec "${java[@]}" -cp "$top/benchmarks/target/classes:$(cat "$top/benchmarks/target/classpath")" \
    org.openjdk.jmh.Main "$@"
fi

"$top/kt" --version >&2 # builds if need be, so that no build runs beside a measurement
if [ "${1:-}" = --prune ]; then
  shift
  exec "${java[@]}" -Xmx256m -XX:+ExitOnOutOfMemoryError -cp "$top/gateway-node/target/lib/*" \
    com.keeptrusts.gateway.benchmarks.retention.PruneMeasurement "$@"
fi
if [ "${1:-}" = --presence ]; then
  shift
  "$top/mvnw" -q -B -f "$top/pom.xml" -pl ingress-verticle -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile="$top/ingress-verticle/target/classpath" -Dmdep.includeScope=test >&2
  "${java[@]}" -XX:+UseCompactObjectHeaders \
    -cp "$top/ingress-verticle/target/test-classes:$top/ingress-verticle/target/classes:$(cat "$top/ingress-verticle/target/classpath")" \
    com.keeptrusts.gateway.ingress.PresenceFigures
  printf '\n'
  alone=() # as root, the only traffic on its loopback device is its own
  [ "$(id -u)" != 0 ] || alone=(unshare --net bash -c 'ip link set lo up && exec "$@"' alone)
  # what Hazelcast wants of a JVM, as in kt
  exec ${alone[@]+"${alone[@]}"} "${java[@]}" --add-modules=java.se --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED \
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
    --add-opens=java.management/sun.management=ALL-UNNAMED \
    --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED \
    -cp "$top/gateway-node/target/lib/*" com.keeptrusts.gateway.benchmarks.presence.PresenceMeasurement "$top" "$@"
fi
bash "$top/benchmarks/install-nginx.sh" || true # without nginx its column is left out
exec "${java[@]}" -cp "$top/gateway-node/target/lib/*" \
  com.keeptrusts.gateway.benchmarks.BudgetReport --home "$top" "$@"
