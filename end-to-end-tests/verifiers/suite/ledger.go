package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	simulatorSays = regexp.MustCompile(`simulator: (http://\S+)`)
	gatewaySays   = regexp.MustCompile(`Listening on (http://[^/\s]+)/v1`)
)

// A run is where everything stands that this suite uses and makes.
type run struct {
	kt     string // the program under test
	here   string // the sources of this suite
	work   string // what it writes
	binary string // the verifiers, built
}

// kept is where the checkpoints of a ledger are kept, as someone would who does not trust its owner.
func (r run) kept(name string) string { return filepath.Join(r.work, name+"-kept") }

// write lets a gateway write the ledger of a data directory under load, or go on with it, and gives the log's directory.
// While it is written, each checkpoint that is published is kept elsewhere.
func (r run) write(name string, requests, atOnce int, layers ...string) (string, []answered, error) {
	data := filepath.Join(r.work, name)
	log := filepath.Join(data, "audit", "writer-0")
	simulator, err := start(data+"-simulator.log", simulatorSays, r.kt, "simulator", "run", "--port", "0")
	if err != nil {
		return "", nil, err
	}
	defer simulator.stop()
	command := []string{r.kt, "gateway", "run", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0",
		"--drain-timeout", "5", "--data-dir", data, "--upstream", simulator.url}
	for _, config := range append([]string{"config.yaml"}, layers...) {
		command = append(command, "--policy-config", filepath.Join(r.here, config))
	}
	gateway, err := start(data+"-gateway.log", gatewaySays, command...)
	if err != nil {
		return "", nil, err
	}
	kept := keepCheckpoints(log, r.kept(name))
	began := time.Now()
	answers, err := load(gateway.url, requests, atOnce)
	if stopped := gateway.stop(); err == nil {
		err = stopped
	}
	kept()
	summary, slow := rate(answers, began)
	fmt.Printf("%s: %s\n", name, summary)
	return log, answers, errors.Join(err, slow)
}

// keepCheckpoints copies each new checkpoint of a log to a directory until told to stop.
func keepCheckpoints(log, to string) func() {
	stop, done := make(chan struct{}), make(chan struct{})
	_ = os.MkdirAll(to, 0o755)
	keep := func() {
		if note, err := os.ReadFile(filepath.Join(log, "checkpoint")); err == nil {
			if size, err := strconv.ParseInt(strings.SplitN(string(note), "\n", 3)[1], 10, 64); err == nil {
				_ = os.WriteFile(filepath.Join(to, fmt.Sprintf("%012d", size)), note, 0o644)
			}
		}
	}
	go func() {
		defer close(done)
		for ticks := time.NewTicker(time.Second / 2); ; {
			select {
			case <-ticks.C:
				keep()
			case <-stop:
				keep()
				return
			}
		}
	}()
	return func() {
		close(stop)
		<-done
	}
}

// said is what a program printed and how it ended.
type said struct {
	code int
	text string
}

// tell runs a program to its end.
func tell(command ...string) said {
	process := exec.Command(command[0], command[1:]...)
	process.Env = append(os.Environ(), "KT_JAVA_OPTS=-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
	output, _ := process.CombinedOutput()
	return said{process.ProcessState.ExitCode(), string(output)}
}

func (r run) verify(place string, more ...string) said {
	return tell(append([]string{r.kt, "events", "verify", place}, more...)...)
}

func (r run) tlogcheck(place string, more ...string) said {
	return tell(append([]string{filepath.Join(r.binary, "tlogcheck"), "-log", place}, more...)...)
}
