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
	if said := properties["settle"].(map[string]any)["description"]; said == nil {
		t.Error("settle has no description")
	}
}
