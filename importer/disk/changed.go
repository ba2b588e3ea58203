package disk

import (
	"io/fs"
	"reflect"
	"time"
)

// Changed returns when a file's content or attributes were last written, which no program can set; the zero
// time where the system does not say. Of those that do, some call the field Ctim and some Ctimespec.
func Changed(info fs.FileInfo) time.Time {
	stat := reflect.Indirect(reflect.ValueOf(info.Sys()))
	if stat.Kind() != reflect.Struct {
		return time.Time{}
	}
	for _, name := range []string{"Ctim", "Ctimespec"} {
		if field := stat.FieldByName(name); field.IsValid() && field.CanAddr() {
			if at, ok := field.Addr().Interface().(interface{ Unix() (sec, nsec int64) }); ok {
				return time.Unix(at.Unix())
			}
		}
	}
	return time.Time{}
}
