//go:build !race

package calctest

const raceDetector = false
