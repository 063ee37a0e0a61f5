package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const largest = 32 << 20 // bytes; a bundle of 256 entries of 64 KiB is half of it

var errUnreadable = errors.New("not readable")

// A source gives the files of a log by their path below it.
type source func(path string) ([]byte, error)

func sourceOf(place string) source {
	if strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://") {
		return served(strings.TrimSuffix(place, "/"))
	}
	return func(path string) ([]byte, error) {
		content, err := os.ReadFile(filepath.Join(place, filepath.FromSlash(path)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, errUnreadable)
		}
		return content, nil
	}
}

func served(base string) source {
	client := &http.Client{Timeout: 20 * time.Second}
	return func(path string) ([]byte, error) {
		answer, err := client.Get(base + "/" + path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, errUnreadable)
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s: status %d: %w", path, answer.StatusCode, errUnreadable)
		}
		content, err := io.ReadAll(io.LimitReader(answer.Body, largest))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, errUnreadable)
		}
		return content, nil
	}
}
