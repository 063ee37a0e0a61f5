package main

import (
	"math/rand"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Tiles, checkpoints, log.json and the files of two logs: edited, cut, removed, replaced; and whole logs replaced.
var fileTamperings = []tampering{
	{"a hash of the lowest level is edited", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		from := int(index % tileWidth * hashSize)
		t.log.flip(t.log.tile(0, index), from, from+hashSize, random)
		return at(index)
	}},
	{"a hash of a higher level is edited", func(t *two, random *rand.Rand) place {
		level := 1 + random.Intn(t.log.levels()-1)
		covers := int64(1) << (8 * level)
		n := random.Int63n(t.log.size / covers)
		from := int(n % tileWidth * hashSize)
		tile := t.log.tile(level, n*covers)
		t.log.flip(tile, from, from+hashSize, random)
		return at(n * covers).says(tile)
	}},
	{"a tile is cut", func(t *two, random *rand.Rand) place {
		tile := t.anyTile(random)
		content := t.log.read(tile)
		t.log.write(tile, content[:random.Intn(len(content))])
		return named(tile).seenOutside()
	}},
	{"bytes stand behind a tile", func(t *two, random *rand.Rand) place {
		tile := t.anyTile(random)
		t.log.write(tile, append(t.log.read(tile), make([]byte, 1+random.Intn(64))...))
		return named(tile).seenOutside()
	}},
	{"a tile is deleted", func(t *two, random *rand.Rand) place {
		tile := t.anyTile(random)
		t.log.delete(tile)
		return named(tile).seenOutside()
	}},
	{"a bundle is deleted", func(t *two, random *rand.Rand) place {
		index := random.Int63n(t.log.size)
		t.log.delete(t.log.bundle(index))
		return at(index - index%tileWidth)
	}},
	{"a bundle stands behind the last one", func(t *two, random *rand.Rand) place {
		longer := logCopy{path: t.log.path, size: t.log.size + 2*tileWidth}
		stray := longer.bundle(t.log.size + tileWidth)
		t.log.write(stray, t.log.read(t.log.bundle(0)))
		return named(stray)
	}},
	{"the checkpoint is an older one", func(t *two, random *rand.Rand) place {
		kept, _ := filepath.Glob(filepath.Join(t.kept, "*"))
		older, err := os.ReadFile(kept[random.Intn(len(kept)-1)])
		must(err)
		t.log.write("checkpoint", older)
		return named("the log was rolled back: checkpoints/").against(kept[len(kept)-1])
	}},
	{"the checkpoint is deleted", func(t *two, random *rand.Rand) place {
		t.log.delete("checkpoint")
		return named("the log was rolled back: checkpoints/").seenOutside()
	}},
	{"the checkpoint is edited", func(t *two, random *rand.Rand) place {
		t.log.flip("checkpoint", 0, len(t.log.read("checkpoint")), random)
		return named("checkpoint: ").seenOutside()
	}},
	{"the checkpoint is signed by another key", func(t *two, random *rand.Rand) place {
		t.forge(random)
		return named("checkpoint: signature of ").seenOutside()
	}},
	{"checkpoint and log.json have another key", func(t *two, random *rand.Rand) place {
		t.log.replaceFact(t.key, t.forge(random))
		return at(0)
	}},
	{"a kept checkpoint is edited", func(t *two, random *rand.Rand) place {
		kept := t.log.names("checkpoints")
		name := kept[random.Intn(len(kept))]
		t.log.flip(name, 0, len(t.log.read(name)), random)
		return named(name)
	}},
	{"log.json has another origin", func(t *two, random *rand.Rand) place {
		t.log.replaceFact(`"origin" : "`, `"origin" : "x`)
		return named("log.json").seenOutside()
	}},
	{"log.json has another first index", func(t *two, random *rand.Rand) place {
		t.log.replaceFact(`"minimum_index" : 0`, `"minimum_index" : `+text(tileWidth*(1+random.Int63n(t.log.size/tileWidth))))
		return at(0).says("log.json").inside()
	}},
	{"log.json promises nothing any more", func(t *two, random *rand.Rand) place {
		t.log.replaceFact(`"latch"`, `"latched"`)
		return named("log.json")
	}},
	{"log.json promises less", func(t *two, random *rand.Rand) place {
		t.log.replaceFact(`"retention_days" : 365`, `"retention_days" : `+text(random.Int63n(365)))
		return named("log.json")
	}},
	{"log.json is gone", func(t *two, random *rand.Rand) place {
		t.log.delete("log.json")
		return named("log.json").seenOutside()
	}},
	{"a file is that of another log", func(t *two, random *rand.Rand) place {
		mine := []string{"checkpoint", "log.json", t.log.bundle(0), t.log.tile(0, 0), t.log.tile(1, 0)}
		theirs := []string{"checkpoint", "log.json", t.other.bundle(0), t.other.tile(0, 0), t.other.tile(1, 0)}
		which := random.Intn(len(mine))
		t.log.swap(mine[which], t.other, theirs[which])
		return named(mine[which]).seenOutside()
	}},
	{"the whole log is an older state of itself", func(t *two, random *rand.Rand) place {
		newest := t.log.read("checkpoint")
		kept := filepath.Join(filepath.Dir(filepath.Dir(t.log.path)), "kept")
		must(os.WriteFile(kept, newest, 0o644))
		must(os.RemoveAll(t.log.path))
		copyOf(t.older, t.log.path)
		return named("the log was rolled back: an older checkpoint").with("--since", kept).against(kept)
	}},
	{"the whole log is another one", func(t *two, random *rand.Rand) place {
		must(os.RemoveAll(t.log.path))
		return named("no log of that key is here").with("--key", t.key)
	}},
}

func (t *two) anyTile(random *rand.Rand) string {
	return t.log.tile(random.Intn(t.log.levels()), random.Int63n(t.log.size))
}

// forge signs the checkpoint with a new key of the same name, and gives that key.
func (t *two) forge(random *rand.Rand) string {
	name := strings.SplitN(t.key, "+", 2)[0]
	private, public, err := note.GenerateKey(random, name)
	must(err)
	signer, err := note.NewSigner(private)
	must(err)
	text, _, _ := strings.Cut(string(t.log.read("checkpoint")), "\n\n")
	signed, err := note.Sign(&note.Note{Text: text + "\n"}, signer)
	must(err)
	t.log.write("checkpoint", signed)
	return public
}
