// Command tlogcheck verifies one log of the ledger with the packages that verify Go's checksum database, and nothing
// of ours: the signature of its checkpoint, every entry of every bundle against tiles that the checkpoint
// authenticates, inclusion, and consistency with older checkpoints and with proofs that the gateway made.
//
// Exit code 0: all of it holds. 1: something does not, and the output says what and where. 2: nothing could be read.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	place := flag.String("log", "", "directory of a log, or the URL where it is served")
	key := flag.String("key", "", "verifier key kept elsewhere; without it the one in log.json is believed")
	proofs := flag.String("proofs", "", "directory with proofs that the gateway made")
	var since files
	flag.Var(&since, "since", "repeatable: file with an older checkpoint")
	flag.Parse()

	lines, err := check(*place, *key, since, *proofs)
	for _, line := range lines {
		fmt.Println(line)
	}
	if err != nil {
		fmt.Println("BAD:", err)
		if errors.Is(err, errUnreadable) {
			os.Exit(2)
		}
		os.Exit(1)
	}
	fmt.Println("OK")
}

type files []string

func (f *files) String() string { return fmt.Sprint(*f) }

func (f *files) Set(name string) error {
	*f = append(*f, name)
	return nil
}

func check(place, key string, since files, proofs string) ([]string, error) {
	log, err := openLog(place, key)
	if err != nil {
		return nil, err
	}
	report := []string{fmt.Sprintf("%s: %d entries signed, first one kept %d", log.origin, log.tree.N, log.minimum)}
	checks := []func() (string, error){
		log.entries,
		log.inclusion,
		func() (string, error) { return log.consistency(since) },
		func() (string, error) { return log.madeElsewhere(proofs) },
	}
	for _, check := range checks {
		line, err := check()
		if err != nil {
			return report, err
		}
		report = append(report, line)
	}
	return report, nil
}
