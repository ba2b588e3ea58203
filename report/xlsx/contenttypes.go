package xlsx

import "regexp"

var pictureType = regexp.MustCompile(`<Default Extension="\w+" ContentType="image/[^"]+"></Default>`)

// withoutPictures corrects the list of content types: excelize declares every kind
// of picture with the first chart, in the order of a map, and no workbook here
// has a picture.
func withoutPictures(types []byte) []byte { return pictureType.ReplaceAll(types, nil) }
