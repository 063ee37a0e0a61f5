package main

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
)

// verifications is one process that does `kt events verify` for many copies, since most of the time of a single one is
// that of starting it.
type verifications struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func (r run) verifications() (*verifications, error) {
	process := exec.Command(r.java(), "-Xmx400m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", r.libraries(),
		filepath.Join(r.here, "java", "Verifications.java"))
	in, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &verifications{process, in, bufio.NewReader(out)}, process.Start()
}

func (v *verifications) verify(place string, more ...string) said {
	if _, err := fmt.Fprintln(v.in, strings.Join(append([]string{place}, more...), "\t")); err != nil {
		return said{-1, err.Error()}
	}
	var code, length int
	if _, err := fmt.Fscanf(v.out, "%d %d\n", &code, &length); err != nil {
		return said{-1, "Verifications.java: " + err.Error()}
	}
	text := make([]byte, length)
	_, err := io.ReadFull(v.out, text)
	if err != nil {
		return said{-1, err.Error()}
	}
	return said{code, string(text)}
}

func (v *verifications) close() {
	_ = v.in.Close()
	_ = v.process.Wait()
}
