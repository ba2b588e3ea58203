// Package schema describes in JSON Schema what the program writes and reads, from
// the Go types that it is written from and read into: what is added to a type is in
// its schema.
package schema

import (
	"encoding"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// A Schema is a JSON Schema, or a part of one.
type Schema = map[string]any

// Described is a type that knows how it is written better than its fields do.
type Described interface{ JSONSchema() Schema }

// Options say how a type is written.
type Options struct {
	// Tag is the tag that names fields: json or toml.
	Tag string
	// Strict has names that are not in the type refused.
	Strict bool
	// Describe returns what a field is for, by its path, joined with points.
	Describe func(path string) string
}

// Of returns the schema of a document with a title.
func Of(title string, t reflect.Type, o Options) Schema {
	m := maker{Options: o, definitions: Schema{}}
	s := m.schema(t, nil)
	if len(m.definitions) > 0 {
		s["definitions"] = m.definitions
	}
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["title"] = title
	return s
}

// A maker makes one schema.
type maker struct {
	Options
	open        []reflect.Type // structs that are being described
	definitions Schema         // structs that contain themselves
}

var (
	described = reflect.TypeFor[Described]()
	texts     = reflect.TypeFor[encoding.TextMarshaler]()
	read      = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func (m *maker) schema(t reflect.Type, path []string) Schema {
	switch {
	case t.Kind() == reflect.Pointer:
		return m.schema(t.Elem(), path)
	case t.Implements(described):
		return reflect.Zero(t).Interface().(Described).JSONSchema()
	case t == reflect.TypeFor[decimal.Decimal]():
		return Schema{"type": "string", "pattern": `^-?[0-9]+(\.[0-9]+)?$`}
	case t == reflect.TypeFor[time.Time]():
		return Schema{"type": "string", "format": "date-time"}
	case t.Implements(texts), m.Tag == "toml" && reflect.PointerTo(t).Implements(read):
		return Schema{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Struct:
		return m.object(t, path)
	case reflect.Map:
		return Schema{"type": "object", "additionalProperties": m.schema(t.Elem(), path)}
	case reflect.Slice, reflect.Array:
		return Schema{"type": "array", "items": m.schema(t.Elem(), path)}
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.String:
		return Schema{"type": "string"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return Schema{"type": "integer"}
	default:
		panic("no schema for " + t.String()) // a test makes every schema
	}
}

func (m *maker) object(t reflect.Type, path []string) Schema {
	if slices.Contains(m.open, t) {
		m.definitions[t.Name()] = nil // filled when t is done
		return Schema{"$ref": "#/definitions/" + t.Name()}
	}
	m.open = append(m.open, t)
	defer func() { m.open = m.open[:len(m.open)-1] }()
	properties, required := Schema{}, []string{}
	m.fields(t, path, properties, &required)
	s := Schema{"type": "object", "properties": properties}
	if m.Strict {
		s["additionalProperties"] = false
	} else if len(required) > 0 {
		s["required"] = required
	}
	if _, contained := m.definitions[t.Name()]; contained {
		m.definitions[t.Name()] = s
		return Schema{"$ref": "#/definitions/" + t.Name()}
	}
	return s
}

// fields adds the fields of a struct, those of embedded ones as its own.
func (m *maker) fields(t reflect.Type, path []string, properties Schema, required *[]string) {
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get(m.Tag), ",")
		switch {
		case name == "-":
			continue
		case f.Anonymous && name == "":
			m.fields(f.Type, path, properties, required)
			continue
		case name == "" || !f.IsExported():
			continue
		}
		place := append(append([]string{}, path...), name)
		property := m.schema(f.Type, place)
		if m.Describe != nil {
			if text := m.Describe(strings.Join(place, ".")); text != "" {
				property["description"] = text
			}
		}
		properties[name] = property
		if !strings.Contains(options, "omitempty") && !strings.Contains(options, "omitzero") {
			*required = append(*required, name)
		}
	}
}
