package main

import (
	"fmt"
	"math/rand"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

func text(n int64) string { return fmt.Sprint(n) }

// change rewrites the bundle that holds an entry; i is where in it the entry stands.
func (l logCopy) change(index int64, change func(leaves [][]byte, i int) [][]byte) {
	bundle := l.bundle(index)
	l.writeLeaves(bundle, change(l.leaves(bundle), int(index%tileWidth)))
}

// edit changes one bit of an entry in its bundle and gives the entry as it is then.
func (l logCopy) edit(index int64, random *rand.Rand) []byte {
	var edited []byte
	l.change(index, func(leaves [][]byte, i int) [][]byte {
		edited = flipped(leaves[i], 0, len(leaves[i]), random)
		leaves[i] = edited
		return leaves
	})
	return edited
}

// rehash sets the hash of an entry in its tile of the lowest level.
func (l logCopy) rehash(index int64, leaf []byte) {
	tile := l.read(l.tile(0, index))
	hash := tlog.RecordHash(leaf)
	copy(tile[index%tileWidth*hashSize:], hash[:])
	l.write(l.tile(0, index), tile)
}

// flip changes one bit somewhere between two bytes of a file.
func (l logCopy) flip(name string, from, to int, random *rand.Rand) {
	l.write(name, flipped(l.read(name), from, to, random))
}

func flipped(content []byte, from, to int, random *rand.Rand) []byte {
	changed := append([]byte(nil), content...)
	changed[from+random.Intn(to-from)] ^= 1 << random.Intn(8)
	return changed
}

func insert(leaves [][]byte, i int, leaf []byte) [][]byte {
	return append(leaves[:i:i], append([][]byte{leaf}, leaves[i:]...)...)
}

// swap lets two files change places.
func (l logCopy) swap(name string, other logCopy, otherName string) {
	mine, theirs := l.read(name), other.read(otherName)
	l.write(name, theirs)
	other.write(otherName, mine)
}

// replaceFact replaces a part of log.json that must be there.
func (l logCopy) replaceFact(part, by string) {
	facts := string(l.read("log.json"))
	if !strings.Contains(facts, part) {
		panic(fmt.Sprintf("log.json: no %s in it:\n%s", part, facts))
	}
	l.write("log.json", []byte(strings.Replace(facts, part, by, 1)))
}
