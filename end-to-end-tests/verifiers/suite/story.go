package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// An ending is what the ledger says of how a request ended.
type ending struct {
	accepted int
	outcomes int
	status   int
}

// told compares what clients saw with what the ledger says, request by request: each that was answered is there, once,
// and ended with the status that the client got.
func (r run) told(place string, answers []answered) (string, error) {
	file := filepath.Join(r.work, "events.json")
	_ = os.Remove(file)
	exported := tell(r.kt, "events", "export", "--data-dir", place, "--format", "json", "--output", file)
	if exported.code != 0 {
		return "", fmt.Errorf("kt events export: %s", exported.text)
	}
	endings, err := endingsIn(file)
	if err != nil {
		return "", err
	}
	for _, answer := range answers {
		ending := endings[answer.id]
		switch {
		case ending == nil:
			return "", fmt.Errorf("%s %s: answered, and the ledger knows nothing of it", answer.kind, answer.id)
		case ending.outcomes != 1 || ending.accepted > 1:
			return "", fmt.Errorf("%s %s: %d accepted and %d outcomes (expected: 1 outcome)", answer.kind, answer.id, ending.accepted, ending.outcomes)
		case ending.status != answer.status:
			return "", fmt.Errorf("%s %s: the client got %d, the ledger says %d", answer.kind, answer.id, answer.status, ending.status)
		}
		delete(endings, answer.id)
	}
	return fmt.Sprintf("%d answers are told as they were, %d requests are told that no client saw", len(answers), len(endings)), nil
}

func endingsIn(file string) (map[string]*ending, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	endings := map[string]*ending{}
	lines := bufio.NewScanner(opened)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct {
			Entry struct {
				Type      string
				RequestID string `json:"rid"`
				Out       struct{ Status int }
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, err
		}
		entry := line.Entry
		if entry.RequestID == "" {
			continue
		}
		if endings[entry.RequestID] == nil {
			endings[entry.RequestID] = &ending{}
		}
		switch entry.Type {
		case "request.accepted":
			endings[entry.RequestID].accepted++
		case "request.outcome":
			endings[entry.RequestID].outcomes++
			endings[entry.RequestID].status = entry.Out.Status
		}
	}
	return endings, lines.Err()
}
