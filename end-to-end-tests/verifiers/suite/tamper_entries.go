package main

import "math/rand"

// Entries edited, removed, added and moved: in bundles alone, and with the tiles that would contradict it.
var entryTamperings = []tampering{
	{"an entry is edited", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		t.log.edit(index, random)
		return at(index)
	}},
	{"an entry is deleted", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		t.log.change(index, func(leaves [][]byte, i int) [][]byte { return append(leaves[:i:i], leaves[i+1:]...) })
		return at(index)
	}},
	{"an entry of another log is inserted", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		others := t.other.leaves(t.other.bundle(random.Int63n(t.other.size)))
		added := others[random.Intn(len(others))]
		t.log.change(index, func(leaves [][]byte, i int) [][]byte { return insert(leaves, i, added) })
		return at(index)
	}},
	{"an entry is there twice", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		t.log.change(index, func(leaves [][]byte, i int) [][]byte { return insert(leaves, i, leaves[i]) })
		return at(index + 1)
	}},
	{"two entries are swapped", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		first := int64(0)
		t.log.change(index, func(leaves [][]byte, i int) [][]byte {
			other := (i + 1 + random.Intn(len(leaves)-1)) % len(leaves)
			leaves[i], leaves[other] = leaves[other], leaves[i]
			first = index - int64(i) + int64(min(i, other))
			return leaves
		})
		return at(first)
	}},
	{"two bundles are swapped", func(t *two, random *rand.Rand) place {
		full := t.log.size / tileWidth
		one := random.Int63n(full - 1)
		other := one + 1 + random.Int63n(full-one-1)
		t.log.swap(t.log.bundle(one*tileWidth), t.log, t.log.bundle(other*tileWidth))
		return at(one * tileWidth)
	}},
	{"the last entries are cut off", func(t *two, random *rand.Rand) place {
		last := t.log.bundle(t.log.size - 1)
		leaves := t.log.leaves(last)
		cut := 1 + random.Intn(len(leaves))
		t.log.writeLeaves(last, leaves[:len(leaves)-cut])
		return at(t.log.size - int64(cut))
	}},
	{"the first entries are cut off", func(t *two, random *rand.Rand) place {
		first := t.log.bundle(0)
		leaves := t.log.leaves(first)
		t.log.writeLeaves(first, leaves[1+random.Intn(len(leaves)-1):])
		return at(0)
	}},
	{"the first bundles are gone, as if they were pruned", func(t *two, random *rand.Rand) place {
		bundles := 1 + random.Int63n(t.log.size/tileWidth)
		for n := range bundles {
			t.log.delete(t.log.bundle(n * tileWidth))
			t.log.delete(t.log.tile(0, n*tileWidth))
		}
		t.log.replaceFact(`"minimum_index" : 0`, `"minimum_index" : `+text(bundles*tileWidth))
		return at(0).says("log.json").inside() // the tree agrees: it is the log's own entries that do not tell of it
	}},
	{"an entry is edited and its hash with it", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		leaf := t.log.edit(index, random)
		t.log.rehash(index, leaf)
		return within(index-index%tileWidth, index)
	}},
	{"an entry is edited and every tile with it", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		t.log.edit(index, random)
		t.log.retile(index)
		return within(0, index)
	}},
}
