#!/usr/bin/env bash
# `./kt test --clients`: builds the program if need be, then lets each client loose on it. Arguments: see --help.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
. "$top/.mvn/find-jdk.sh"
find_jdk

for program in python3 node npm curl; do
  command -v "$program" >/dev/null || { printf 'kt test --clients: %s is not installed\n' "$program" >&2; exit 1; }
done
python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || {
  printf 'kt test --clients: python3 is older than 3.11 or has no venv\n' >&2
  exit 1
}
"$top/kt" --version >&2
PYTHONDONTWRITEBYTECODE=1 exec python3 "$here/suite.py" "$@"
