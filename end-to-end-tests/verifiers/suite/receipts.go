package main

import (
	"fmt"
	"os"
	"path/filepath"
)

const sigstore = "@sigstore/verify@4.1.3"

// receipts has the gateway's own code make receipts and consistency proofs of a log, and gives the directory.
func (r run) receipts(log string) (string, error) {
	out := filepath.Join(r.work, "receipts")
	if err := os.RemoveAll(out); err != nil {
		return "", err
	}
	made := tell(r.java(), "-cp", r.libraries(), filepath.Join(r.here, "java", "Receipts.java"), log, out)
	if made.code != 0 {
		return "", fmt.Errorf("Receipts.java: %s", made.text)
	}
	return out, nil
}

// sigstore has @sigstore/verify check the receipts of a directory; it is installed the first time.
func (r run) sigstore(receipts string) said {
	folder := filepath.Join(r.work, "node")
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "@sigstore", "verify", "package.json")); err != nil {
		_ = os.MkdirAll(folder, 0o755)
		installed := tell("npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", sigstore)
		if installed.code != 0 {
			return installed
		}
	}
	return tell("node", filepath.Join(r.here, "sigstore", "receipts.cjs"), folder, receipts)
}

func (r run) java() string { return filepath.Join(os.Getenv("JAVA_HOME"), "bin", "java") }

func (r run) libraries() string { return filepath.Join(r.top(), "gateway-node", "target", "lib", "*") }

func (r run) top() string { return filepath.Dir(filepath.Dir(r.here)) }
