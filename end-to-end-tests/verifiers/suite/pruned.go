package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// pruned has the first bundles of a ledger removed as an operator would, and looks at what is left: it must still be
// proven by itself and against every checkpoint that is not older than the first entry kept. Tessera's fsck begins at
// entry 0 and is not asked.
func (r run) pruned(atOnce int, report func(string, error)) error {
	log, _, err := r.write("pruned", 800, atOnce, "governed.yaml")
	if err != nil {
		return err
	}
	data := filepath.Join(r.work, "pruned")
	asked := tell(r.kt, "events", "prune", "--data-dir", data, "--before", time.Now().UTC().Format(time.RFC3339),
		"--by", "kt test --verifiers", "--reason", "what is left must still be proven")
	if asked.code != 0 {
		report("kt events prune", fmt.Errorf("exit code %d\n%s", asked.code, asked.text))
		return nil
	}
	if _, err := os.Stat(filepath.Join(log, "tile", "entries", "000")); err == nil {
		report("kt events prune", fmt.Errorf("the first bundle is still there\n%s", asked.text))
		return nil
	}
	kept, _ := filepath.Glob(filepath.Join(r.kept("pruned"), "*"))
	var since []string
	for _, checkpoint := range kept {
		since = append(since, "-since", checkpoint)
	}
	by := r.tlogcheck(log, since...)
	err = by.good()
	if err == nil && strings.Contains(by.text, "first one kept 0") {
		err = fmt.Errorf("nothing was pruned\n%s", by.text)
	}
	report("golang.org/x/mod/sumdb after a prune: "+lastLines(by.text, 5), err)
	by = r.verify(data)
	report("kt events verify after a prune: "+lastLines(by.text, 3), by.good())
	return nil
}

// good is nil when the program found nothing wrong.
func (s said) good() error {
	if s.code == 0 {
		return nil
	}
	return fmt.Errorf("exit code %d\n%s", s.code, s.text)
}
