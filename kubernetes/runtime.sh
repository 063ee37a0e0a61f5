#!/bin/sh
# Makes the root of an image in which a JVM runs and nothing else is: its modules (JAVA_HOME's jlink), the C libraries that
# they ask for, and a directory for temporary files. Argument: the directory, which is created.
set -eu
root=$1
mkdir -p "$root/tmp" && chmod 1777 "$root/tmp"
"$JAVA_HOME/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.zipfs,jdk.net \
  --strip-debug --no-header-files --no-man-pages --output "$root/jvm"
find "$root/jvm" -name '*.so' -o -path '*/bin/java' | LD_LIBRARY_PATH="$root/jvm/lib:$root/jvm/lib/server" xargs ldd 2>/dev/null |
  awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// && $2 ~ /^\(/ { print $1 }' | grep -v "^$root" | sort -u |
  while read -r library; do
    mkdir -p "$root$(dirname "$library")" && cp -L "$library" "$root$library"
  done
