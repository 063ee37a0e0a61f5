package main

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileWidth = 256
	hashSize  = tlog.HashSize
)

// A logCopy is the directory of one log in a copy that may be altered. The functions panic on an error of the disk,
// which ends the copy's check.
type logCopy struct {
	path string
	size int64
}

// copyOf links the files of a directory into a new one; altering one replaces it.
func copyOf(from, to string) {
	must(filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, below), 0o755)
		}
		return os.Link(path, filepath.Join(to, below))
	}))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func openCopy(path string) logCopy {
	log := logCopy{path: path}
	_, err := fmt.Sscan(strings.SplitN(string(log.read("checkpoint")), "\n", 3)[1], &log.size)
	must(err)
	return log
}

func (l logCopy) in(name string) string { return filepath.Join(l.path, filepath.FromSlash(name)) }

func (l logCopy) read(name string) []byte {
	content, err := os.ReadFile(l.in(name))
	must(err)
	return content
}

func (l logCopy) write(name string, content []byte) {
	_ = os.Remove(l.in(name)) // it may be a link to the true one
	must(os.MkdirAll(filepath.Dir(l.in(name)), 0o755))
	must(os.WriteFile(l.in(name), content, 0o644))
}

func (l logCopy) delete(name string) { must(os.Remove(l.in(name))) }

// tile names the tile of a level above an entry; level -1 is the bundle that holds it.
func (l logCopy) tile(level int, index int64) string {
	hashes := index
	total := l.size
	if level > 0 {
		hashes >>= 8 * level
		total >>= 8 * level
	}
	width := min(tileWidth, total-hashes/tileWidth*tileWidth)
	path := tlog.Tile{H: 8, L: level, N: hashes / tileWidth, W: int(width)}.Path()
	return strings.Replace("tile/"+strings.TrimPrefix(path, "tile/8/"), "tile/data/", "tile/entries/", 1)
}

func (l logCopy) bundle(index int64) string { return l.tile(-1, index) }

// levels is how many levels of tiles there are.
func (l logCopy) levels() int {
	levels := 0
	for l.size>>(8*levels) > 0 {
		levels++
	}
	return levels
}

func (l logCopy) leaves(bundle string) [][]byte {
	var leaves [][]byte
	for rest := l.read(bundle); len(rest) > 0; {
		length := int(binary.BigEndian.Uint16(rest))
		leaves = append(leaves, rest[2:2+length:2+length])
		rest = rest[2+length:]
	}
	return leaves
}

func (l logCopy) writeLeaves(bundle string, leaves [][]byte) {
	var content []byte
	for _, leaf := range leaves {
		content = binary.BigEndian.AppendUint16(content, uint16(len(leaf)))
		content = append(content, leaf...)
	}
	l.write(bundle, content)
}

// retile writes every tile anew that an altered entry concerns, from its bundle up.
func (l logCopy) retile(index int64) {
	var hashes []tlog.Hash
	for _, leaf := range l.leaves(l.bundle(index)) {
		hashes = append(hashes, tlog.RecordHash(leaf))
	}
	for level := range l.levels() {
		if level > 0 {
			changed := rootOf(hashes)
			above := l.read(l.tile(level, index))
			at := index >> (8 * level) % tileWidth
			if int(at*hashSize) >= len(above) {
				return // the tile below is not full, so nothing above knows of it
			}
			copy(above[at*hashSize:], changed[:])
			hashes = hashes[:0]
			for i := 0; i < len(above); i += hashSize {
				hashes = append(hashes, tlog.Hash(above[i:i+hashSize]))
			}
		}
		var content []byte
		for _, hash := range hashes {
			content = append(content, hash[:]...)
		}
		l.write(l.tile(level, index), content)
	}
}

// rootOf is the root over the hashes of a full tile.
func rootOf(hashes []tlog.Hash) tlog.Hash {
	for len(hashes) > 1 {
		var above []tlog.Hash
		for i := 0; i+1 < len(hashes); i += 2 {
			above = append(above, tlog.NodeHash(hashes[i], hashes[i+1]))
		}
		hashes = above
	}
	return hashes[0]
}

func (l logCopy) names(directory string) []string {
	found, err := os.ReadDir(l.in(directory))
	must(err)
	var names []string
	for _, entry := range found {
		names = append(names, directory+"/"+entry.Name())
	}
	sort.Strings(names)
	return names
}
