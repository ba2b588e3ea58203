package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // a logo may be one
	"image/png"
)

// Logo is the issuer's logo in a form that gofpdf reads.
type Logo struct {
	data          []byte
	kind          string // "png" or "jpg"
	width, height int
}

// maxLogoSide keeps a picture from taking more memory than its use is worth.
const maxLogoSide = 4000

var errLogo = errors.New("the logo is no PNG or JPEG picture; save it as one of the two")

// ReadLogo reads a PNG or JPEG picture. It fails where that is none, or is too large. PNG
// files of a sort that gofpdf does not read (interlaced, 16 bits a colour) are written
// again.
func ReadLogo(data []byte) (*Logo, error) {
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errLogo, err)
	case kind != "png" && kind != "jpeg":
		return nil, errLogo
	}
	if config.Width > maxLogoSide || config.Height > maxLogoSide {
		return nil, fmt.Errorf("the logo has %d by %d pixels; make it at most %d on either side", config.Width, config.Height, maxLogoSide)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errLogo, err)
	}
	l := &Logo{data: data, kind: "jpg", width: config.Width, height: config.Height}
	if kind == "png" {
		l.kind = "png"
		if l.data, err = plainPNG(picture); err != nil {
			return nil, fmt.Errorf("%w: %w", errLogo, err)
		}
	}
	return l, nil
}

// plainPNG writes a picture on white, eight bits a colour, not interlaced.
func plainPNG(picture image.Image) ([]byte, error) {
	flat := image.NewRGBA(picture.Bounds())
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), picture, picture.Bounds().Min, draw.Over)
	var b bytes.Buffer
	if err := png.Encode(&b, flat); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
