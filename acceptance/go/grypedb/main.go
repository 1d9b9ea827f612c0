// grypedb FOLDER ADVISORIES.json: writes FOLDER/6, a small database of Grype's (schema 6), of advisories that a test makes up.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	v6 "github.com/anchore/grype/grype/db/v6"
	"github.com/spf13/afero"
)

type system struct{ Name, ID, Major, Minor, Codename string }

type advisory struct {
	ID, Description, Severity, Provider, Ecosystem, Package, Constraint, Format, Fixed, URL, CVSS string
	OS                                                                                            *system
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	folder := filepath.Join(os.Args[1], "6")
	must(os.MkdirAll(folder, 0o755))
	text, err := os.ReadFile(os.Args[2])
	must(err)
	var advisories []advisory
	must(json.Unmarshal(text, &advisories))
	writer, err := v6.NewWriter(v6.Config{DBDirPath: folder, CacheSizeKiB: 1024})
	must(err)
	must(writer.SetDBMetadata())
	for _, each := range advisories {
		add(writer, each)
	}
	must(writer.Close())
	_, err = v6.WriteImportMetadata(afero.NewOsFs(), folder, "grypedb")
	must(err)
}

// Of the whole database: a provider that was captured at another second would be another one by the same name.
var now = time.Now().UTC()

func add(writer v6.ReadWriter, a advisory) {
	provider := &v6.Provider{ID: a.Provider, Version: "1", Processor: "grypedb", DateCaptured: &now, InputDigest: "sha256:0"}
	vulnerability := &v6.VulnerabilityHandle{
		Name: a.ID, Status: v6.VulnerabilityActive, Provider: provider, ProviderID: provider.ID, PublishedDate: &now,
		BlobValue: &v6.VulnerabilityBlob{
			ID: a.ID, Description: a.Description, Severities: severities(a), References: []v6.Reference{{URL: a.URL}},
		},
	}
	must(writer.AddVulnerabilities(vulnerability))
	affected := &v6.AffectedPackageHandle{
		Vulnerability: vulnerability,
		Package:       &v6.Package{Ecosystem: a.Ecosystem, Name: a.Package},
		BlobValue: &v6.PackageBlob{CVEs: []string{a.ID}, Ranges: []v6.Range{{
			Version: v6.Version{Type: a.Format, Constraint: a.Constraint},
			Fix:     &v6.Fix{Version: a.Fixed, State: v6.FixedStatus},
		}}},
	}
	if a.OS != nil {
		affected.OperatingSystem = &v6.OperatingSystem{
			Name: a.OS.Name, ReleaseID: a.OS.ID, MajorVersion: a.OS.Major, MinorVersion: a.OS.Minor, Codename: a.OS.Codename,
		}
	}
	must(writer.AddAffectedPackages(affected))
}

func severities(a advisory) []v6.Severity {
	all := []v6.Severity{{Scheme: v6.SeveritySchemeCHMLN, Value: a.Severity, Rank: 1}}
	if a.CVSS != "" {
		value := v6.CVSSSeverity{Vector: a.CVSS, Version: "3.1"}
		all = append(all, v6.Severity{Scheme: v6.SeveritySchemeCVSS, Value: value, Source: "test", Rank: 2})
	}
	return all
}
