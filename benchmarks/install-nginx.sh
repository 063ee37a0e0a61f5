#!/usr/bin/env bash
# Unpacks Debian's nginx below benchmarks/target, where the benchmark looks for it; installs and starts nothing.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
into="$top/target/nginx"

if command -v nginx >/dev/null 2>&1 || [ -x "$into/usr/sbin/nginx" ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  printf 'nginx: not installed, and no apt-get to fetch it with\n' >&2
  exit 1
fi
mkdir -p "$into"
cd "$into"
for package in nginx nginx-light; do # which of the two holds the program depends on the release
  if apt-get download "$package" >/dev/null 2>&1; then
    dpkg -x "$package"_*.deb .
  fi
  [ ! -x usr/sbin/nginx ] || break
done
if [ ! -x usr/sbin/nginx ]; then
  printf 'nginx: no such package at hand\n' >&2
  exit 1
fi
"$into/usr/sbin/nginx" -v
