package main

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestSchemas makes every schema, and holds the configuration's to the entries
// that the program knows.
func TestSchemas(t *testing.T) {
	for name, made := range schemas {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(made())
			if err != nil {
				t.Fatal(err)
			}
			if again, err := json.Marshal(made()); err != nil || string(again) != string(text) {
				t.Errorf("made twice, it differs: %v", err)
			}
		})
	}
	properties := schemas["config"]()["properties"].(map[string]any)
	for _, key := range keysAt(reflect.TypeFor[config](), nil) {
		if properties[key] == nil {
			t.Errorf("the entry %s is in no schema", key)
		}
	}
	if kind := properties["schedule"].(map[string]any)["properties"].(map[string]any)["as_of"].(map[string]any)["type"]; kind != "string" {
		t.Errorf("as_of of the schedule is written as %v", kind)
	}
	if said := properties["settle"].(map[string]any)["description"]; said == nil {
		t.Error("settle has no description")
	}
}

// TestFieldsAreDescribed walks every schema of an output: each field says what it
// is, and no note is left over.
func TestFieldsAreDescribed(t *testing.T) {
	used := map[string]bool{}
	var walk func(path string, s any)
	walk = func(path string, s any) {
		part, ok := s.(map[string]any)
		if !ok {
			return
		}
		properties, _ := part["properties"].(map[string]any)
		for name, property := range properties {
			used[name] = true
			if described, ok := property.(map[string]any); !ok || described["description"] == nil {
				t.Errorf("%s.%s is not described", path, name)
			}
			walk(path+"."+name, property)
		}
		walk(path, part["items"])
		if definitions, ok := part["definitions"].(map[string]any); ok {
			for name, definition := range definitions {
				walk(path+"#"+name, definition)
			}
		}
	}
	for name, made := range schemas {
		if name != "config" {
			walk(name, made())
		}
	}
	for name := range fieldNotes() {
		if !used[name] {
			t.Errorf("no output has a field %s", name)
		}
	}
}
