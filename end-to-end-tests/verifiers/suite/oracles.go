package main

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	fsckLimit = 20 * time.Second
	endless   = 3 // exit code of an fsck that had to be stopped: it waits for ever after some of what it finds
)

// keyIn gives the verifier key that a log names itself.
func keyIn(log string) (string, error) {
	var facts struct {
		Keys []string `json:"vkeys"`
	}
	content, err := os.ReadFile(filepath.Join(log, "log.json"))
	if err == nil {
		err = json.Unmarshal(content, &facts)
	}
	if err != nil || len(facts.Keys) == 0 {
		return "", errors.Join(err, fmt.Errorf("%s: no verifier key", log))
	}
	return facts.Keys[0], nil
}

// fsck has Tessera's checker read a log that a plain file server serves. It ends well whatever it finds, so its words
// count.
func (r run) fsck(log string) said {
	key, err := keyIn(log)
	if err != nil {
		return said{2, err.Error()}
	}
	served := httptest.NewServer(http.FileServer(http.Dir(log)))
	defer served.Close()
	keyFile, err := os.CreateTemp(r.work, "key")
	if err != nil {
		return said{2, err.Error()}
	}
	defer os.Remove(keyFile.Name())
	_, _ = keyFile.WriteString(key)
	_ = keyFile.Close()
	process := exec.Command(filepath.Join(r.binary, "fsck"), "-ui=false", "-logtostderr", "-storage_url", served.URL+"/", "-public_key", keyFile.Name(), "-N", "2")
	output := new(bytes.Buffer)
	process.Stdout, process.Stderr = output, output
	if err := process.Start(); err != nil {
		return said{2, err.Error()}
	}
	limit := time.AfterFunc(fsckLimit, func() { _ = process.Process.Kill() })
	defer limit.Stop()
	_ = process.Wait()
	good := strings.Contains(output.String(), "Successfully fsck'd") && !strings.Contains(output.String(), "failed")
	if good && process.ProcessState.ExitCode() == 0 {
		return said{0, output.String()}
	}
	if process.ProcessState.ExitCode() < 0 {
		return said{endless, output.String()}
	}
	return said{1, output.String()}
}

// openssl checks the signature of the log's checkpoint, with nothing but the key's 32 bytes.
func (r run) openssl(log string) said {
	key, err := keyIn(log)
	if err != nil {
		return said{2, err.Error()}
	}
	note, err := os.ReadFile(filepath.Join(log, "checkpoint"))
	if err != nil {
		return said{2, err.Error()}
	}
	text, signatures, _ := strings.Cut(string(note), "\n\n")
	words := strings.Fields(strings.SplitN(signatures, "\n", 2)[0])
	parts := strings.SplitN(key, "+", 3)
	typed, errKey := base64.StdEncoding.DecodeString(parts[2])
	signature, errSignature := base64.StdEncoding.DecodeString(words[len(words)-1])
	if err := errors.Join(errKey, errSignature); err != nil {
		return said{1, err.Error()}
	}
	prefix, _ := hex.DecodeString("302a300506032b6570032100") // X.509 before the bytes of an Ed25519 key
	der := append(prefix, typed[1:]...)
	if _, err := x509.ParsePKIXPublicKey(der); err != nil {
		return said{1, err.Error()}
	}
	files := map[string][]byte{
		"openssl.pem":  pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
		"openssl.sig":  signature[4:],
		"openssl.text": []byte(text + "\n"),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(r.work, name), content, 0o644); err != nil {
			return said{2, err.Error()}
		}
	}
	in := func(name string) string { return filepath.Join(r.work, name) }
	return tell("openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", in("openssl.pem"),
		"-sigfile", in("openssl.sig"), "-in", in("openssl.text"))
}
