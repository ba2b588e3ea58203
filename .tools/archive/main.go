// Command archive packs a folder, the same bytes each time: archive OUT FOLDER,
// where OUT ends in .zip or .tar.gz. Entries are sorted, belong to nobody, and are
// dated SOURCE_DATE_EPOCH; a file is executable or it is not.
package main

import (
	"archive/tar"
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("archive OUT FOLDER")
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

// add makes an entry of an archive and returns where its content goes.
type add func(name string, mode fs.FileMode, size int64) (io.Writer, error)

func write(out, folder string) error {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	dated := time.Unix(seconds, 0).UTC()
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if strings.HasSuffix(out, ".zip") {
		err = writeZip(f, folder, dated)
	} else {
		err = writeTar(f, folder, dated)
	}
	if err != nil {
		f.Close()
		return fmt.Errorf("%s: %w", out, err)
	}
	return f.Close()
}

func writeZip(f io.Writer, folder string, dated time.Time) error {
	w := zip.NewWriter(f)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestCompression)
	})
	err := walk(folder, func(name string, mode fs.FileMode, _ int64) (io.Writer, error) {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: dated}
		h.SetMode(mode)
		return w.CreateHeader(h)
	})
	if err != nil {
		return err
	}
	return w.Close()
}

func writeTar(f io.Writer, folder string, dated time.Time) error {
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(z)
	err = walk(folder, func(name string, mode fs.FileMode, size int64) (io.Writer, error) {
		h := &tar.Header{Name: name, Mode: int64(mode.Perm()), Size: size, ModTime: dated, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if mode.IsDir() {
			h.Typeflag = tar.TypeDir
		}
		return w, w.WriteHeader(h)
	})
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return z.Close()
}

// walk adds a folder, under its own name, with all that is in it.
func walk(folder string, add add) error {
	parent := filepath.Dir(folder)
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(parent, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(relative)
		if entry.IsDir() {
			_, err := add(name+"/", fs.ModeDir|0o755, 0)
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		if info.Mode()&0o111 != 0 {
			mode = 0o755
		}
		out, err := add(name, mode, info.Size())
		if err != nil {
			return err
		}
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer in.Close()
		_, err = io.Copy(out, in)
		return err
	})
}
