package store

import (
	"crypto/sha256"
	"encoding/json"
	"io"
	"math"
	"path/filepath"

	"cspcoop/importer/disk"
)

// membersExtension ends the name of the file with what is known of a ZIP archive's
// members: their SHA-256 by name, as JSON.
const membersExtension = ".members"

// Members returns the SHA-256 of the members of a ZIP archive by name, as far as
// they are known; the archive is named by its own.
func (s *Store) Members(archive string) map[string]string {
	sums := map[string]string{}
	f, _, err := openProven(s.membersPath(archive))
	if err != nil {
		return sums
	}
	defer f.Close()
	data, err := io.ReadAll(io.NewSectionReader(f, 0, math.MaxInt64))
	if err != nil || json.Unmarshal(data, &sums) != nil {
		return map[string]string{}
	}
	return sums
}

// KeepMembers stores what Members returns. Errors are those of the disk.
func (s *Store) KeepMembers(archive string, sums map[string]string) error {
	data, err := json.MarshalIndent(sums, "", " ")
	if err != nil {
		return err
	}
	if err := disk.MkdirAll(s.disk, s.dir); err != nil {
		return err
	}
	path := s.membersPath(archive)
	if err := disk.WriteFile(s.disk, path, data); err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	return disk.WriteFile(s.disk, path+sumExtension, []byte(sumLine(sum[:], path)))
}

func (s *Store) membersPath(archive string) string {
	return filepath.Join(s.dir, archive+membersExtension)
}
