// Writes and reads the documents with encoding/json. Each line of input, "KIND COUNT", is answered with the nanoseconds of
// that many runs.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

type layer struct{ ID, Path string }

type mappedDir struct {
	HostPath, ContainerPath       string
	ReadOnly                      bool
	BandwidthMaximum, IOPSMaximum uint64
	CreateInUtilityVM             bool `json:",omitempty"`
}

type containerConfig struct {
	SystemType               string
	Name                     string
	Owner                    string `json:",omitempty"`
	VolumePath               string `json:",omitempty"`
	IgnoreFlushesDuringBoot  bool   `json:",omitempty"`
	LayerFolderPath          string `json:",omitempty"`
	Layers                   []layer
	Credentials              string      `json:",omitempty"`
	ProcessorCount           uint32      `json:",omitempty"`
	ProcessorWeight          uint64      `json:",omitempty"`
	ProcessorMaximum         int64       `json:",omitempty"`
	StorageIOPSMaximum       uint64      `json:",omitempty"`
	StorageBandwidthMaximum  uint64      `json:",omitempty"`
	StorageSandboxSize       uint64      `json:",omitempty"`
	MemoryMaximumInMB        int64       `json:",omitempty"`
	HostName                 string      `json:",omitempty"`
	MappedDirectories        []mappedDir `json:",omitempty"`
	HvPartition              bool
	EndpointList             []string `json:",omitempty"`
	AllowUnqualifiedDNSQuery bool     `json:",omitempty"`
	DNSSearchList            string   `json:",omitempty"`
}

type statistics struct {
	Timestamp          time.Time
	ContainerStartTime time.Time
	Uptime100ns        uint64
	Processor          struct{ TotalRuntime100ns, RuntimeUser100ns, RuntimeKernel100ns uint64 }
	Memory             struct{ MemoryUsageCommitBytes, MemoryUsageCommitPeakBytes, MemoryUsagePrivateWorkingSetBytes uint64 }
	Storage            struct{ ReadCountNormalized, ReadSizeBytes, WriteCountNormalized, WriteSizeBytes uint64 }
}

type containerProperties struct {
	ID                string `json:"Id"`
	State             string
	Name              string
	SystemType        string
	Owner             string
	RuntimeOsType     string      `json:",omitempty"`
	RuntimeID         string      `json:"RuntimeId,omitempty"`
	Stopped           bool        `json:",omitempty"`
	ExitType          string      `json:",omitempty"`
	AreUpdatesPending bool        `json:",omitempty"`
	Statistics        *statistics `json:",omitempty"`
}

func text(name string) []byte {
	bytes, err := os.ReadFile(filepath.Join(os.Args[1], name))
	if err != nil {
		panic(err)
	}
	return bytes
}

func read(text []byte, document any) {
	if err := json.Unmarshal(text, document); err != nil {
		panic(err)
	}
}

func main() {
	config, sample, list := containerConfig{}, text("statistics"), text("list")
	read(text("config"), &config)
	kinds := map[string]func(){
		"write": func() {
			if _, err := json.Marshal(config); err != nil {
				panic(err)
			}
		},
		"statistics": func() { read(sample, &containerProperties{}) },
		"list":       func() { read(list, &[]containerProperties{}) },
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var kind string
		var count int
		fmt.Sscan(lines.Text(), &kind, &count)
		start := time.Now()
		for i := 0; i < count; i++ {
			kinds[kind]()
		}
		fmt.Println(time.Since(start).Nanoseconds())
	}
}
