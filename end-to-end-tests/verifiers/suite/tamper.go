package main

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// A place is where a verifier has to see what was done.
type place struct {
	from, to int64    // the first bad entry is one of these; -1 where no entry is bad
	words    string   // stand in what `kt events verify` says
	given    []string // what someone kept elsewhere, without which nothing contradicts it
	outside  bool     // Go's packages and Tessera see it too
	since    string   // what Go's packages are given for that, a checkpoint from elsewhere
}

// A tampering is something that one might do to the files of a ledger.
type tampering struct {
	name string
	act  func(t *two, random *rand.Rand) place
}

// two logs of one ledger, the first of which is done something to.
type two struct {
	log, other logCopy
	kept       string // directory of checkpoints that were kept elsewhere
	older      string // the first log's directory as it was earlier
	key        string // the first log's key
}

func at(index int64) place             { return place{from: index, to: index, outside: true} }
func within(from, to int64) place      { return place{from: from, to: to, outside: true} }
func named(words string) place         { return place{from: -1, to: -1, words: words} }
func (p place) says(w string) place    { p.words = w; return p }
func (p place) seenOutside() place     { p.outside = true; return p }
func (p place) inside() place          { p.outside = false; return p }
func (p place) with(g ...string) place { p.given = g; return p }

// against says which checkpoint from elsewhere Go's packages need to see it.
func (p place) against(since string) place { p.since, p.outside = since, true; return p }

var firstBad = regexp.MustCompile(`first bad entry (\d+) of`)

// tampered makes so many altered copies, one after the other kind, and has each verified: the first of each kind by the
// program as it is started, the others by the same command in one process.
func (r run) tampered(log, other, older string, copies int, report func(string, error)) {
	var kinds []tampering
	kinds = append(kinds, entryTamperings...)
	kinds = append(kinds, fileTamperings...)
	kinds = append(kinds, segmentTamperings...)
	wanted := make(chan int)
	results := make([]error, copies)
	caught := make([]int, 2)
	var lock sync.Mutex
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			verifier, err := r.verifications()
			if err != nil {
				panic(err)
			}
			defer verifier.close()
			for n := range wanted {
				verify := verifier.verify
				if n < len(kinds) {
					verify = r.verify
				}
				seen, err := r.tamper(kinds[n%len(kinds)], n, verify, log, other, older)
				lock.Lock()
				results[n] = err
				for i := range caught {
					caught[i] += seen[i]
				}
				lock.Unlock()
			}
		})
	}
	for n := range copies {
		wanted <- n
	}
	close(wanted)
	workers.Wait()
	bad := 0
	for n, err := range results {
		if err != nil {
			bad++
			report(fmt.Sprintf("copy %d: %s", n, kinds[n%len(kinds)].name), err)
		}
	}
	if bad == 0 {
		report(fmt.Sprintf("%d altered copies of %d kinds: kt events verify tells each and names the place; %d are in reach of Go's packages and told by them, and by Tessera's fsck %d", copies, len(kinds), caught[0], caught[1]), nil)
	}
}

// tamper alters one copy and gives by which of the other programs it was told.
func (r run) tamper(kind tampering, seed int, verify func(string, ...string) said, log, other, older string) (seen [2]int, err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			err = fmt.Errorf("%v", trouble)
		}
	}()
	copied := filepath.Join(r.work, fmt.Sprintf("copy-%d", seed))
	defer os.RemoveAll(copied)
	copyOf(log, filepath.Join(copied, "audit", "writer-0"))
	copyOf(other, filepath.Join(copied, "audit", "writer-1"))
	key, err := keyIn(log)
	if err != nil {
		return seen, err
	}
	logs := &two{
		log:   openCopy(filepath.Join(copied, "audit", "writer-0")),
		other: openCopy(filepath.Join(copied, "audit", "writer-1")),
		kept:  r.kept("ledger"), older: older, key: key,
	}
	where := kind.act(logs, rand.New(rand.NewSource(int64(seed))))
	if err := where.told(verify(copied, where.given...)); err != nil {
		return seen, err
	}
	if !where.outside {
		return seen, nil
	}
	arguments := []string{"-key", key}
	if where.since != "" {
		arguments = append(arguments, "-since", where.since)
	}
	if by := r.tlogcheck(logs.log.path, arguments...); by.code == 0 {
		return seen, fmt.Errorf("tlogcheck does not see it:\n%s", by.text)
	}
	seen[0] = 1
	if r.fsck(logs.log.path).code == 1 {
		seen[1] = 1
	}
	return seen, nil
}

// told says whether the verdict is the right one and names the place.
func (p place) told(by said) error {
	problem := ""
	found := firstBad.FindStringSubmatch(by.text)
	switch {
	case by.code != 1 && by.code != 2:
		problem = fmt.Sprintf("exit code %d", by.code)
	case !strings.Contains(by.text, p.words):
		problem = fmt.Sprintf("does not say %q", p.words)
	case p.from >= 0 && found == nil:
		problem = "names no entry"
	case p.from >= 0:
		if index, err := strconv.ParseInt(found[1], 10, 64); err != nil || index < p.from || index > p.to {
			problem = "names entry " + found[1]
		}
	}
	if problem == "" {
		return nil
	}
	return fmt.Errorf("%s (expected: entry %d to %d, %q):\n%s", problem, p.from, p.to, p.words, by.text)
}
