package main

import (
	"encoding/json"
	"log"
	"log/slog"
	"os"
	"path/filepath"

	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"example.com/orders/orders"
)

type result struct {
	File    string `json:"file"`
	OK      bool   `json:"ok"`
	Message string `json:"message,omitempty"`
}

func main() {
	folder := os.Args[1]
	index, err := os.ReadFile(filepath.Join(folder, "index.json"))
	if err != nil {
		log.Fatalln(err)
	}
	var results []result
	if err := json.Unmarshal(index, &results); err != nil {
		log.Fatalln(err)
	}
	replayer := worker.NewWorkflowReplayer()
	replayer.RegisterWorkflow(orders.OrderWorkflow)
	logger := sdklog.NewStructuredLogger(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	for _, r := range results {
		err := replayer.ReplayWorkflowHistoryFromJSONFile(logger, filepath.Join(folder, r.File))
		if r.OK = err == nil; err != nil {
			r.Message = err.Error()
		}
		if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
			log.Fatalln(err)
		}
	}
}
