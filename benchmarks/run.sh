#!/usr/bin/env bash
# `./kt test --bench`: builds what is to be measured, then measures the budgets. Arguments: see --help.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/.mvn/find-jdk.sh"
find_jdk

"$top/kt" --version >&2                      # builds if need be, so that no build runs beside a measurement
bash "$top/benchmarks/install-nginx.sh" || true # without nginx its column is left out

exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$top/gateway-node/target/lib/*" com.keeptrusts.gateway.benchmarks.BudgetReport --home "$top" "$@"
