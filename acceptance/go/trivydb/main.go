// trivydb FOLDER ADVISORIES.json: writes FOLDER/db, a small database of Trivy's (schema 2), of advisories that a test makes
// up, in the form that grypedb takes.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"
)

type system struct{ Name, Major, Minor string }

type advisory struct {
	ID, Description, Severity, Ecosystem, Package, Constraint, Fixed, URL, CVSS string
	Score                                                                       float64
	OS                                                                          *system
}

// What Trivy calls the sources of each ecosystem begins so.
var prefixes = map[string]string{"python": "pip", "npm": "npm", "java-archive": "maven"}

type object = map[string]any

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	folder := filepath.Join(os.Args[1], "db")
	must(os.MkdirAll(folder, 0o755))
	text, err := os.ReadFile(os.Args[2])
	must(err)
	var advisories []advisory
	must(json.Unmarshal(text, &advisories))
	db, err := bbolt.Open(filepath.Join(folder, "trivy.db"), 0o644, nil)
	must(err)
	must(db.Update(func(tx *bbolt.Tx) error {
		put(tx, object{}, "-", "vulnerability") // Trivy looks for it even where there is none
		for _, each := range advisories {
			add(tx, each)
		}
		return nil
	}))
	must(db.Close())
	now := time.Now().UTC()
	about, err := json.Marshal(object{"Version": 2, "UpdatedAt": now, "NextUpdate": now.Add(time.Hour), "DownloadedAt": now})
	must(err)
	must(os.WriteFile(filepath.Join(folder, "metadata.json"), about, 0o644))
}

func add(tx *bbolt.Tx, a advisory) {
	source, fault := prefixes[a.Ecosystem]+"::made up", object{"VulnerableVersions": []string{a.Constraint}}
	if a.OS != nil {
		source = strings.TrimSuffix(fmt.Sprintf("%s %s.%s", a.OS.Name, a.OS.Major, a.OS.Minor), ".")
		fault = object{"FixedVersion": strings.TrimLeft(a.Constraint, "< ")}
	}
	put(tx, fault, a.ID, source, a.Package)
	put(tx, object{"ID": "made-up", "Name": "made up"}, source, "data-source")
	severity := strings.ToUpper(a.Severity)
	if severity == "NEGLIGIBLE" { // which Trivy does not have, and would leave out
		severity = "UNKNOWN"
	}
	vulnerability := object{"Title": a.Package, "Description": a.Description, "Severity": severity,
		"References": []string{a.URL}}
	if a.CVSS != "" {
		vulnerability["CVSS"] = object{"nvd": object{"V3Vector": a.CVSS, "V3Score": a.Score}}
	}
	put(tx, vulnerability, a.ID, "vulnerability")
}

func put(tx *bbolt.Tx, value object, key string, buckets ...string) {
	bucket, err := tx.CreateBucketIfNotExists([]byte(buckets[0]))
	must(err)
	for _, name := range buckets[1:] {
		bucket, err = bucket.CreateBucketIfNotExists([]byte(name))
		must(err)
	}
	text, err := json.Marshal(value)
	must(err)
	must(bucket.Put([]byte(key), text))
}
