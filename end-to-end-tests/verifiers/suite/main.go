// Command suite is `./kt test --verifiers`: a ledger that the gateway wrote under load is verified by programs that
// nobody here wrote, and then some hundreds of altered copies of it are, which each has to be told from the true one.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	top := flag.String("top", "", "the repository")
	requests := flag.Int("requests", 33_500, "requests in the ledger that is verified")
	atOnce := flag.Int("at-once", 32, "requests under way at a time")
	copies := flag.Int("copies", 200, "altered copies")
	flag.Parse()
	here := filepath.Join(*top, "end-to-end-tests", "verifiers")
	built := filepath.Join(*top, "end-to-end-tests", "target", "verifiers")
	r := run{kt: filepath.Join(*top, "kt"), here: here, work: filepath.Join(built, "run"), binary: filepath.Join(built, "bin")}

	failed := 0
	report := func(what string, err error) {
		if err != nil {
			failed++
			fmt.Printf("FAILED %s: %v\n", what, err)
		} else {
			fmt.Printf("ok     %s\n", what)
		}
	}
	if err := r.whole(*requests, *atOnce, *copies, report); err != nil {
		fmt.Fprintln(os.Stderr, "kt test --verifiers:", err)
		os.Exit(2)
	}
	if failed > 0 {
		fmt.Printf("%d failed\n", failed)
		os.Exit(1)
	}
}

// whole writes the ledgers and has everyone look at them. An error means that there was nothing to look at.
func (r run) whole(requests, atOnce, copies int, report func(string, error)) error {
	if err := prepare(r.work); err != nil {
		return err
	}
	log, before, err := r.write("ledger", requests/4, atOnce)
	if err != nil {
		return err
	}
	older := filepath.Join(r.work, "older")
	if err := os.CopyFS(older, os.DirFS(log)); err != nil {
		return err
	}
	_, answers, err := r.write("ledger", requests-len(before), atOnce)
	if err != nil {
		return err
	}
	other, _, err := r.write("other", 400, min(atOnce, 16))
	if err != nil {
		return err
	}
	told, err := r.told(filepath.Join(r.work, "ledger"), append(before, answers...))
	report("each answer is in the ledger as its client saw it: "+told, err)
	if err := r.untouched(log, report); err != nil {
		return err
	}
	r.tampered(log, other, older, copies, report)
	return r.pruned(atOnce, report)
}

// prepare empties what an earlier run left, except what it installed.
func prepare(work string) error {
	left, _ := filepath.Glob(filepath.Join(work, "*"))
	for _, name := range left {
		if filepath.Base(name) != "node" {
			if err := os.RemoveAll(name); err != nil {
				return err
			}
		}
	}
	return os.MkdirAll(work, 0o755)
}

// untouched has every verifier look at the ledger as it was written.
func (r run) untouched(log string, report func(string, error)) error {
	kept, _ := filepath.Glob(filepath.Join(r.kept("ledger"), "*"))
	copies, _ := filepath.Glob(filepath.Join(log, "checkpoints", "*"))
	var older []string
	for _, checkpoint := range append(kept, copies...) {
		older = append(older, "-since", checkpoint)
	}
	receipts, err := r.receipts(log)
	if err != nil {
		return err
	}
	good := func(what string, by said) { report(what+": "+lastLines(by.text, 5), by.good()) }
	good("kt events verify", r.verify(log))
	good("golang.org/x/mod/sumdb/tlog and note", r.tlogcheck(log, append(older, "-proofs", receipts)...))
	good("tessera fsck over HTTP", r.fsck(log))
	good("openssl pkeyutl", r.openssl(log))
	good("sigstore-js", r.sigstore(receipts))
	return nil
}

func lastLines(text string, count int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-count):], " | ")
}
