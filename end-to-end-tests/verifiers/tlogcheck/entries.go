package main

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// entries compares every entry of every bundle with the hash that the checkpoint authenticates for its index.
func (l *log) entries() (string, error) {
	for first := l.minimum; first < l.tree.N; first += tileWidth {
		width := min(tileWidth, l.tree.N-first)
		if err := l.bundle(first, width); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d entries are those that were signed", l.tree.N-l.minimum), nil
}

func (l *log) bundle(first, width int64) error {
	path := pathOf(tlog.Tile{H: tileHeight, L: -1, N: first / tileWidth, W: int(width)})
	content, err := l.read(path)
	if err != nil {
		return fmt.Errorf("first bad entry %d: %v", first, err)
	}
	leaves, rest := leavesOf(content)
	var indexes []int64
	for i := range width {
		indexes = append(indexes, tlog.StoredHashIndex(0, first+i))
	}
	signed, err := l.hashes.ReadHashes(indexes)
	if err != nil {
		return fmt.Errorf("one of the entries from %d to %d: %v", first, first+width-1, err)
	}
	for i := range width {
		if i >= int64(len(leaves)) {
			return fmt.Errorf("first bad entry %d: %s holds %d entries instead of %d", first+i, path, len(leaves), width)
		}
		if tlog.RecordHash(leaves[i]) != signed[i] {
			return fmt.Errorf("first bad entry %d: %s has another one than was signed", first+i, path)
		}
	}
	if len(leaves) > int(width) || rest > 0 {
		return fmt.Errorf("first bad entry %d: %s holds more than %d entries", first+width, path, width)
	}
	return nil
}

// leavesOf splits a bundle: each entry stands behind its length in two bytes. Also gives how many bytes are left over.
func leavesOf(bundle []byte) ([][]byte, int) {
	var leaves [][]byte
	for len(bundle) >= 2 {
		length := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+length {
			break
		}
		leaves = append(leaves, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	return leaves, len(bundle)
}
