//go:build race

package calctest

const raceDetector = true
