# Sourced by run.sh: puts a Go on the PATH that can build the verifiers. Since 1.21 a Go fetches the toolchain that a
# module asks for by itself, as a module; an older one, such as that of a distribution, is made to fetch it here.
WANTED_GO=1.26.0

find_go() {
  export GOFLAGS=-buildvcs=false GOTOOLCHAIN=auto
  if ! command -v go >/dev/null; then
    printf 'kt test --verifiers: installing Go ...\n' >&2
    apt-get -qq update && apt-get -qq install -y --no-install-recommends golang-go >/dev/null || {
      printf 'kt test --verifiers: go is not installed (expected: Go 1.21 or newer; see golang-go of your system)\n' >&2
      return 1
    }
  fi
  case "$(go env GOVERSION)" in
    go1.[0-9] | go1.[0-9].* | go1.1[0-9] | go1.1[0-9].* | go1.20 | go1.20.*) toolchain ;;
  esac
}

toolchain() {
  local wanted folder
  wanted="golang.org/toolchain@v0.0.1-go$WANTED_GO.$(go env GOOS)-$(go env GOARCH)"
  folder="$(go env GOMODCACHE)/$wanted"
  [ -d "$folder" ] || (cd "$(mktemp -d)" && go mod download "$wanted")
  chmod -R u+w "$folder"
  chmod +x "$folder"/bin/* "$folder"/pkg/tool/*/* # the module cache of an old Go does not keep this
  export PATH="$folder/bin:$PATH"
}
