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
// and ended with the status that the client got. Refusals that came too fast to be recorded one by one are counted by the
// ledger, and there must be exactly as many as it says.
func (r run) told(place string, answers []answered) (string, error) {
	file := filepath.Join(r.work, "events.json")
	_ = os.Remove(file)
	exported := tell(r.kt, "events", "export", "--data-dir", place, "--format", "json", "--output", file)
	if exported.code != 0 {
		return "", fmt.Errorf("kt events export: %s", exported.text)
	}
	endings, counted, err := endingsIn(file)
	if err != nil {
		return "", err
	}
	missing := 0
	for _, answer := range answers {
		ending := endings[answer.id]
		switch {
		case ending == nil && answer.status >= 400 && answer.status < 500 && missing < counted:
			missing++
			continue
		case ending == nil:
			return "", fmt.Errorf("%s %s: answered, and the ledger knows nothing of it", answer.kind, answer.id)
		case ending.outcomes != 1 || ending.accepted > 1:
			return "", fmt.Errorf("%s %s: %d accepted and %d outcomes (expected: 1 outcome)", answer.kind, answer.id, ending.accepted, ending.outcomes)
		case ending.status != answer.status:
			return "", fmt.Errorf("%s %s: the client got %d, the ledger says %d", answer.kind, answer.id, answer.status, ending.status)
		}
		delete(endings, answer.id)
	}
	if missing != counted {
		return "", fmt.Errorf("the ledger counts %d refusals beside its records, %d were answered", counted, missing)
	}
	return fmt.Sprintf("%d answers are told as they were, %d refusals are counted, %d requests are told that no client saw",
		len(answers)-missing, missing, len(endings)), nil
}

// endingsIn reads an export: how each request ended, and how many refusals are only counted.
func endingsIn(file string) (map[string]*ending, int, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, 0, err
	}
	defer opened.Close()
	endings, counted := map[string]*ending{}, 0
	lines := bufio.NewScanner(opened)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct {
			Entry struct {
				Type      string
				RequestID string `json:"rid"`
				Out       struct{ Status int }
				Counts    []struct {
					What string
					N    int
				}
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, 0, err
		}
		entry := line.Entry
		for _, count := range entry.Counts {
			if count.What == "refusal" {
				counted += count.N
			}
		}
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
	return endings, counted, lines.Err()
}
