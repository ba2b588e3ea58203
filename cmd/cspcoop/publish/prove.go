package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"cspcoop/importer/disk"
)

// Prove compares every file of a set with its SHA-256 in run.json and, where the set is sealed, run.json with the
// seal. It returns what differs, ready to print; nothing when the set is as it was written.
func Prove(dir string, set Listed) []string {
	name := "statements/" + set.AsOf
	run, sum, err := Run(dir, set.AsOf)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []string{name + "/" + runName + " is missing"}
	case err != nil:
		return []string{fmt.Sprintf("%s/%s cannot be read: %v", name, runName, err)}
	case set.Seal != nil && sum != set.Seal.RunSHA256:
		return []string{name + "/" + runName + " was changed"}
	case run.Files == nil && set.Seal == nil:
		return []string{name + "/" + runName + " does not list the files of its set; run again as of " + set.AsOf}
	case run.Files == nil:
		return nil // sealed by a version whose seals covered run.json alone
	}
	var wrong []string
	folder := filepath.Join(dir, set.AsOf)
	listed := map[string]bool{runName: true}
	for _, file := range run.Files {
		listed[file.Name] = true
		sum, err := sumOf(folder, file.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			wrong = append(wrong, name+"/"+file.Name+" is missing")
		case err != nil:
			wrong = append(wrong, fmt.Sprintf("%s/%s cannot be read: %v", name, file.Name, err))
		case sum != file.SHA256:
			wrong = append(wrong, name+"/"+file.Name+" was changed")
		}
	}
	err = filepath.WalkDir(folder, func(place string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || ignored(entry.Name()) {
			return err
		}
		inside, err := filepath.Rel(folder, place)
		if file := filepath.ToSlash(inside); err == nil && !listed[file] {
			wrong = append(wrong, name+"/"+file+" was added")
		}
		return err
	})
	if err != nil {
		wrong = append(wrong, fmt.Sprintf("%s cannot be read: %v", name, err))
	}
	return wrong
}

// sumOf is the SHA-256 of a file of a set, by its path with slashes.
func sumOf(folder, name string) (string, error) {
	path, err := filepath.Localize(name)
	if err != nil {
		return "", err
	}
	file, _, err := disk.Open(filepath.Join(folder, path))
	if err != nil {
		return "", err
	}
	defer file.Close()
	return disk.SHA256(file)
}
