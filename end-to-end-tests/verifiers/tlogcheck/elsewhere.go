package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const receiptHeader = "c2sp.org/tlog-proof@v1\nindex "

// A consistencyProof is one that the gateway made.
type consistencyProof struct {
	OldSize int64     `json:"old_size"`
	OldRoot tlog.Hash `json:"old_root"`
	NewSize int64     `json:"new_size"`
	NewRoot tlog.Hash `json:"new_root"`
	Hashes  []tlog.Hash
}

// madeElsewhere checks proofs that the gateway made: receipts (C2SP tlog-proof), each beside its leaf, and consistency
// proofs.
func (l *log) madeElsewhere(directory string) (string, error) {
	if directory == "" {
		return "no proofs of the gateway's own to check", nil
	}
	receipts, _ := filepath.Glob(filepath.Join(directory, "*.tlog-proof"))
	for _, file := range receipts {
		if err := l.receipt(file); err != nil {
			return "", fmt.Errorf("%s: %v", file, err)
		}
	}
	consistency, _ := filepath.Glob(filepath.Join(directory, "*.consistency.json"))
	for _, file := range consistency {
		if err := continued(file); err != nil {
			return "", fmt.Errorf("%s: %v", file, err)
		}
	}
	if len(receipts) == 0 || len(consistency) == 0 {
		return "", fmt.Errorf("%s: %w", directory, errUnreadable)
	}
	return fmt.Sprintf("%d receipts and %d consistency proofs of the gateway's own hold", len(receipts), len(consistency)), nil
}

func (l *log) receipt(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	leaf, err := os.ReadFile(strings.TrimSuffix(file, ".tlog-proof") + ".leaf")
	if err != nil {
		return err
	}
	head, checkpoint, whole := strings.Cut(string(text), "\n\n")
	if !whole || !strings.HasPrefix(head, receiptHeader) {
		return fmt.Errorf("does not begin with %q", receiptHeader)
	}
	tree, err := l.signed([]byte(checkpoint))
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimPrefix(head, receiptHeader), "\n")
	var index int64
	if _, err := fmt.Sscanf(lines[0], "%d", &index); err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(leaf))
}

func continued(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var proof consistencyProof
	if err := json.Unmarshal(text, &proof); err != nil {
		return err
	}
	return tlog.CheckTree(proof.Hashes, proof.NewSize, proof.NewRoot, proof.OldSize, proof.OldRoot)
}
