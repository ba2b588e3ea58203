package table

import (
	"fmt"
	"os"
	"testing"
)

// spills is the folder of what tests spill: making one for each of thousands of small
// files takes as long as reading them.
var spills string

// TestMain makes sure, after all tests, that nothing is left of what was spilled.
func TestMain(m *testing.M) {
	var err error
	if spills, err = os.MkdirTemp("", "spills"); err != nil {
		panic(err)
	}
	status := m.Run()
	if left, err := os.ReadDir(spills); status == 0 && (err != nil || len(left) > 0) {
		fmt.Println("files of the tests left these behind:", left, err)
		status = 1
	}
	os.RemoveAll(spills)
	os.Exit(status)
}
