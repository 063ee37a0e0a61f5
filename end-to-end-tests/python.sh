#!/usr/bin/env bash
# Installs the Python SDK that the tests run, into a folder of this module. Says so and ends well where there is no Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
venv=target/python
wanted="openai==3.52.0"

[ "$(cat "$venv/installed" 2>/dev/null)" = "$wanted" ] && exit 0
if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  printf 'end-to-end-tests: no python3 with venv here, so the tests of the Python SDK are skipped\n' >&2
  exit 0
fi
rm -rf "$venv"
python3 -m venv "$venv"
if ! "$venv/bin/pip" --quiet --disable-pip-version-check install "$wanted" >&2; then
  rm -rf "$venv"
  printf 'end-to-end-tests: %s could not be installed, so the tests of the Python SDK are skipped\n' "$wanted" >&2
  exit 0
fi
printf '%s' "$wanted" > "$venv/installed"
