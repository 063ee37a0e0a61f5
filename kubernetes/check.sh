#!/usr/bin/env bash
# `./kt test --kubernetes`: the manifests against Kubernetes' own schemas, strictly (an unknown field is an error), and
# cluster.xml in them against the one at the top: what is the same there must be the same here.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv="$here/../target/kubernetes-check"
command -v python3 >/dev/null || { printf 'kubernetes/check.sh: python3 is missing (expected: Python 3.9 or later)\n' >&2; exit 2; }
if [ ! -x "$venv/bin/kubernetes-validate" ]; then
  python3 -m venv "$venv" || {
    printf 'kubernetes/check.sh: installing python3-venv\n' >&2
    apt-get -qq update && apt-get -qq install -y python3-venv >/dev/null
    python3 -m venv "$venv"
  }
  "$venv/bin/pip" -q install 'kubernetes-validate==1.37.0'
fi
for version in 1.35 1.37; do
  for file in members ingress pii-detector prompt-injection busy-share network; do
    "$venv/bin/kubernetes-validate" --strict --version "$version" "$here/$file.yaml"
  done
done
"$venv/bin/python" "$here/check.py" "$here"
