package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A log under its published checkpoint, whose signature holds.
type log struct {
	read      source
	origin    string
	verifiers note.Verifiers
	tree      tlog.Tree
	minimum   int64
	hashes    tlog.HashReader
}

// facts is what log.json says; nothing of it is believed that the checkpoint does not prove, except the key where none
// is given, and that entries below the minimum index were pruned.
type facts struct {
	Origin       string   `json:"origin"`
	Keys         []string `json:"vkeys"`
	MinimumIndex int64    `json:"minimum_index"`
}

func openLog(place, key string) (*log, error) {
	read := sourceOf(place)
	content, err := read("log.json")
	if err != nil {
		return nil, err
	}
	var told facts
	if err := json.Unmarshal(content, &told); err != nil {
		return nil, fmt.Errorf("log.json: %w", errUnreadable)
	}
	keys := told.Keys
	if key != "" {
		keys = []string{key}
	}
	verifiers, err := verifiersOf(keys, told.Origin)
	if err != nil {
		return nil, err
	}
	checkpoint, err := read("checkpoint")
	if err != nil {
		return nil, err
	}
	opened := &log{read: read, origin: told.Origin, verifiers: verifiers, minimum: told.MinimumIndex}
	if opened.tree, err = opened.signed(checkpoint); err != nil {
		return nil, fmt.Errorf("checkpoint: %v", err)
	}
	if opened.minimum%tileWidth != 0 || opened.minimum < 0 || opened.minimum > opened.tree.N {
		return nil, fmt.Errorf("log.json: minimum index %d is no beginning of a bundle below %d", told.MinimumIndex, opened.tree.N)
	}
	opened.hashes = tlog.TileHashReader(opened.tree, &tiles{read: read, kept: map[string][]byte{}})
	return opened, nil
}

// verifiersOf reads keys of which each must bear the origin's name, the last one being the present one.
func verifiersOf(keys []string, origin string) (note.Verifiers, error) {
	var list []note.Verifier
	for _, key := range keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return nil, fmt.Errorf("verifier key: %v", err)
		}
		if verifier.Name() != origin {
			return nil, fmt.Errorf("log.json: origin %q, the key is that of %q", origin, verifier.Name())
		}
		list = append(list, verifier)
	}
	if len(list) == 0 {
		return nil, errors.New("log.json: no verifier key")
	}
	return note.VerifierList(list...), nil
}

// signed reads a checkpoint (C2SP tlog-checkpoint) that one of the log's keys signed.
func (l *log) signed(checkpoint []byte) (tlog.Tree, error) {
	opened, err := note.Open(checkpoint, l.verifiers)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != l.origin {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", l.origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, errors.New("its size is no number")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}
