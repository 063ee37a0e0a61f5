# Sourced by ./kt, ./mvnw and .ci/run: sets JAVA_HOME to a JDK of at least $WANTED_JDK, or explains what is missing.
# Looks at JAVA_HOME, then PATH, then the folders where the platforms keep their JDKs; takes the first that fits.
WANTED_JDK=25

jdk_version() { # prints the feature version of the JDK in $1, or nothing when there is no compiler in it
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if command -v javac >/dev/null 2>&1; then
    dirname "$(dirname "$(readlink -f "$(command -v javac)")")"
  fi
  for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/root}"/.sdkman/candidates/java/* \
    "${HOME:-/root}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    [ -d "$folder" ] && printf '%s\n' "$folder"
  done
}

find_jdk() {
  local seen="" folder version
  while IFS= read -r folder; do
    version=$(jdk_version "$folder")
    [ -n "$version" ] || continue
    seen="$seen $folder ($version)"
    if [ "$version" -ge "$WANTED_JDK" ]; then
      export JAVA_HOME="$folder"
      return 0
    fi
  done < <(jdk_candidates)
  printf 'JDK: %s (expected: a JDK of version %s or newer)\n' "${seen:-none found}" "$WANTED_JDK" >&2
  printf 'Install one (Debian: temurin-%s-jdk or openjdk-%s-jdk) or point JAVA_HOME at it, then run this again.\n' \
    "$WANTED_JDK" "$WANTED_JDK" >&2
  return 1
}
