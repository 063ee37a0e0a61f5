#!/usr/bin/env bash
# `./kt test --verifiers`: builds the program and the verifiers, then has these look at a ledger and at altered copies of
# it. Arguments: see --help.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
. "$top/.mvn/find-jdk.sh"
find_jdk

for program in node npm openssl; do
  command -v "$program" >/dev/null || { printf 'kt test --verifiers: %s is not installed\n' "$program" >&2; exit 1; }
done
. "$here/find-go.sh"
find_go

built="$top/end-to-end-tests/target/verifiers/bin"
mkdir -p "$built"
(cd "$here" && go build -o "$built/" ./tlogcheck ./suite github.com/transparency-dev/tessera/cmd/fsck)
"$top/kt" --version >&2
exec "$built/suite" -top "$top" "$@"
