package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"time"
)

const patience = 120 * time.Second

// A server is a process that says where it listens.
type server struct {
	process *exec.Cmd
	url     string
	ended   chan struct{}
}

// start waits until the process has said, in a line that the pattern's first group matches, where it listens. All that
// it says goes into a file.
func start(logFile string, says *regexp.Regexp, command ...string) (*server, error) {
	log, err := os.Create(logFile)
	if err != nil {
		return nil, err
	}
	said, output, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	process := exec.Command(command[0], command[1:]...)
	process.Env = append(os.Environ(), "CEREBRAS_API_KEY=csk-test", "KT_JAVA_OPTS=-Xmx512m")
	process.Stdout, process.Stderr = output, output
	if err := process.Start(); err != nil {
		return nil, err
	}
	output.Close()
	started := &server{process: process, ended: make(chan struct{})}
	place := make(chan string, 1)
	go func() {
		defer log.Close()
		for lines := bufio.NewScanner(said); lines.Scan(); {
			_, _ = fmt.Fprintln(log, lines.Text())
			if found := says.FindStringSubmatch(lines.Text()); found != nil {
				place <- found[1]
			}
		}
		_ = process.Wait()
		close(started.ended)
	}()
	select {
	case started.url = <-place:
		return started, nil
	case <-started.ended:
		return nil, fmt.Errorf("%s: ended before it was ready: %s", filepath.Base(command[0]), logFile)
	case <-time.After(patience):
		return nil, errors.Join(started.stop(), fmt.Errorf("%s: not ready: %s", filepath.Base(command[0]), logFile))
	}
}

// stop asks the process to end and waits for it.
func (s *server) stop() error {
	_ = s.process.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.ended:
		return nil
	case <-time.After(patience):
		_ = s.process.Process.Kill()
		<-s.ended
		return errors.New("had to be killed")
	}
}
