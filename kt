#!/usr/bin/env bash
# The one entry point: finds a JDK, builds when the sources are newer than the build, and runs.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$top/.mvn/find-jdk.sh"
find_jdk

lib="$top/gateway-node/target/lib"
stamp="$top/gateway-node/target/kt.stamp"
cache="$top/gateway-node/target/kt.aot"

sources_are_newer() {
  [ -f "$stamp" ] || return 0
  [ -n "$(find "$top"/pom.xml "$top"/*/pom.xml "$top"/*/src/main -newer "$stamp" -print -quit 2>/dev/null)" ]
}

build() {
  printf 'kt: building (the first time this downloads libraries) ...\n' >&2
  "$top/mvnw" -q -B -f "$top/pom.xml" -pl gateway-node -am -Dmaven.test.skip=true package >&2
  touch "$stamp"
}

rehearse() { # a tour and some load, from which the JVM learns what to load and compile first: docs/adr/0004
  printf 'kt: rehearsing, so that it starts fast ...\n' >&2
  rm -f "$cache"
  "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$cache" "${java_options[@]}" com.keeptrusts.gateway.node.Kt \
    quickstart --exit --rehearse 4 --listen 127.0.0.1:0 --admin-listen 127.0.0.1:0 >/dev/null 2>&1 || rm -f "$cache"
}

java_options=( # what the program asks of its JVM: docs/adr/0004
  -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -Xlog:disable -Xlog:all=error:stderr
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  --add-modules=java.se --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED
  --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED
  --add-opens=java.management/sun.management=ALL-UNNAMED
  --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED
  -Dkt.home="$top"
  -cp "$lib/*"
)

if [ "${1:-}" = test ]; then
  shift
  exec bash "$top/.ci/test" "$@"
fi
if sources_are_newer; then
  build
  rehearse
fi
learned=()
[ ! -f "$cache" ] || learned=(-XX:AOTCache="$cache")
# shellcheck disable=SC2086 # KT_JAVA_OPTS holds several options
exec "$JAVA_HOME/bin/java" ${learned[@]+"${learned[@]}"} "${java_options[@]}" ${KT_JAVA_OPTS:-} com.keeptrusts.gateway.node.Kt "$@"
