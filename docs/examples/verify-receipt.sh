#!/usr/bin/env bash
# Proves one record of a request with openssl alone, by RFC 6962, C2SP tlog-proof and C2SP signed-note.
#   verify-receipt.sh LEAF PROOF VKEY
# LEAF and PROOF are .../requests/<id>/proof/<n>.leaf and .tlog-proof, VKEY the log's verifier key, had from elsewhere.
# Exit code 0: the record is in the log that this key signs. 1: it is not.
set -euo pipefail
leaf=$1 proof=$2 vkey=$3
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

fail() { echo "does NOT hold: $1"; exit 1; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
bytes() { printf '%b' "$(sed 's/../\\x&/g' <<<"$1")"; }
sha256() { openssl dgst -sha256 -binary | hex; }
node() { bytes "01$1$2" | sha256; }

# The proof: its name, the index, hashes, an empty line; then the checkpoint with its signatures.
[ "$(head -n 1 "$proof")" = c2sp.org/tlog-proof@v1 ] || fail "not a tlog-proof"
index=$(sed -n 's/^index \([0-9]*\)$/\1/p;/^$/q' "$proof")
siblings=$(sed -n '/^index /,/^$/p' "$proof" | sed -n '2,/^$/{/^$/!p;/^$/q}')
sed '1,/^$/d' "$proof" >"$work/note"
sed '/^$/q' "$work/note" | sed '$d' >"$work/text"
size=$(sed -n 2p "$work/text")
root=$(sed -n 3p "$work/text" | openssl base64 -d -A | hex)

# The signature over the checkpoint's text, by this key.
name=${vkey%%+*}
openssl base64 -d -A <<<"${vkey#*+*+}" | tail -c 32 >"$work/key"
{ bytes 302a300506032b6570032100; cat "$work/key"; } >"$work/key.der"
id=${vkey#*+} id=${id%%+*}
sed -n "s|^\xe2\x80\x94 $name ||p" "$work/note" | while read -r line; do # one for each key, begun by the key's id
  [ "$(openssl base64 -d -A <<<"$line" | head -c 4 | hex)" != "$id" ] || openssl base64 -d -A <<<"$line" | tail -c 64
done >"$work/signature"
openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$work/key.der" \
  -sigfile "$work/signature" -in "$work/text" >/dev/null 2>&1 || fail "the checkpoint is not signed by that key"
[ "$(sed -n 1p "$work/text")" = "$name" ] || fail "the checkpoint is of another log"

# From the record up to the root: RFC 9162, 2.1.3.2.
((index < size)) || fail "the index lies beyond the tree"
hash=$({ printf '\0'; cat "$leaf"; } | sha256)
at=$index last=$((size - 1))
for sibling in $siblings; do
  sibling=$(openssl base64 -d -A <<<"$sibling" | hex)
  ((last > 0)) || fail "the path is too long"
  if ((at % 2 == 1 || at == last)); then
    hash=$(node "$sibling" "$hash")
    while ((at % 2 == 0 && at != 0)); do at=$((at >> 1)) last=$((last >> 1)); done
  else
    hash=$(node "$hash" "$sibling")
  fi
  at=$((at >> 1)) last=$((last >> 1))
done
[ "$last" = 0 ] && [ "$hash" = "$root" ] || fail "the record is not at index $index of that tree"
echo "holds: entry $index of $name, tree of $size"
