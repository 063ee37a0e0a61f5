package main

import (
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/tlog"
)

const sampled = 500

// inclusion proves the first entry that is kept, the last one, and some hundreds between them.
func (l *log) inclusion() (string, error) {
	if l.minimum == l.tree.N {
		return "no entry to prove", nil
	}
	proven := 0
	step := max(1, (l.tree.N-l.minimum)/sampled)
	for i := l.minimum; i < l.tree.N; i += step {
		if err := l.included(i); err != nil {
			return "", err
		}
		proven++
	}
	return fmt.Sprintf("%d inclusion proofs hold", proven+1), l.included(l.tree.N - 1)
}

func (l *log) included(index int64) error {
	proof, err := tlog.ProveRecord(l.tree.N, index, l.hashes)
	if err != nil {
		return fmt.Errorf("entry %d: %v", index, err)
	}
	stored, err := l.hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return fmt.Errorf("entry %d: %v", index, err)
	}
	if err := tlog.CheckRecord(proof, l.tree.N, l.tree.Hash, index, stored[0]); err != nil {
		return fmt.Errorf("entry %d: %v", index, err)
	}
	return nil
}

// consistency proves that the tree continues that of each older checkpoint. One below the minimum index cannot be
// proven any more, and is counted as such.
func (l *log) consistency(since files) (string, error) {
	proven, pruned := 0, 0
	for _, file := range since {
		checkpoint, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("%s: %w", file, errUnreadable)
		}
		older, err := l.signed(checkpoint)
		if err != nil {
			return "", fmt.Errorf("%s: %v", file, err)
		}
		switch {
		case older.N > l.tree.N:
			return "", fmt.Errorf("the log was rolled back: %s covers %d entries, the published one %d", file, older.N, l.tree.N)
		case older.N < l.minimum:
			pruned++
			continue
		case older.N == 0:
			continue // every tree continues the empty one
		}
		proof, err := tlog.ProveTree(l.tree.N, older.N, l.hashes)
		if err != nil {
			return "", fmt.Errorf("%s: %v", file, err)
		}
		if err := tlog.CheckTree(proof, l.tree.N, l.tree.Hash, older.N, older.Hash); err != nil {
			return "", fmt.Errorf("%s: the log is not what it was at %d entries: %v", file, older.N, err)
		}
		proven++
	}
	return fmt.Sprintf("%d older checkpoints are continued, %d are older than what is kept", proven, pruned), nil
}
