package pdf

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"cspcoop/report/wording"
)

func encoded(t *testing.T, kind string, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	if kind == "png" {
		err = png.Encode(&b, picture)
	} else {
		err = jpeg.Encode(&b, picture, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLogo(t *testing.T) {
	deep := image.NewNRGBA64(image.Rect(0, 0, 120, 40)) // 16 bits a colour and see-through
	deep.Set(3, 3, color.NRGBA64{R: 0xffff, A: 0x8000})
	r := northwind(t)
	for name, data := range map[string][]byte{
		"png":      encoded(t, "png", image.NewRGBA(image.Rect(0, 0, 300, 60))),
		"deep png": encoded(t, "png", deep),
		"jpeg":     encoded(t, "jpeg", image.NewGray(image.Rect(0, 0, 50, 200))),
	} {
		t.Run(name, func(t *testing.T) {
			o := options
			var err error
			if o.Logo, err = ReadLogo(data); err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := Statement(&b, r, r.Statements[0], wording.English(), o); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if !bytes.Contains(b.Bytes(), []byte("/Subtype /Image")) {
				t.Errorf("%s: the document has no picture", name)
			}
		})
	}
}

func TestLogoRefused(t *testing.T) {
	whole := encoded(t, "png", image.NewRGBA(image.Rect(0, 0, 30, 60)))
	for name, data := range map[string][]byte{
		"text":      []byte("no picture"),
		"gif":       []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"truncated": whole[:len(whole)/2],
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ReadLogo(data); !errors.Is(err, errLogo) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	if _, err := ReadLogo(encoded(t, "png", image.NewGray(image.Rect(0, 0, 4001, 1)))); err == nil {
		t.Error("a picture of 4001 pixels was taken")
	}
}
