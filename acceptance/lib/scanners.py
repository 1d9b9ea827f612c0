"""Real scanners, and small databases for them, of advisories that a test makes up."""
import io
import json
import os
import pathlib
import sqlite3
import subprocess
import tarfile
import tempfile

import packages
from registry import Image, digest_of
from server import ROOT

PROGRAMS = pathlib.Path(os.environ.get("GO_CLIENTS", ROOT / "acceptance" / "target" / "go-bin"))
CVSS = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"
DEBIAN = {"Name": "debian", "ID": "debian", "Major": "12", "Minor": "", "Codename": "bookworm"}
ALPINE = {"Name": "alpine", "ID": "alpine", "Major": "3", "Minor": "18", "Codename": ""}


def advisory(number, severity, ecosystem, package, constraint, form, system=None, cvss=""):
    return {"ID": f"CVE-2023-{number}", "Description": f"made up: {package}", "Severity": severity, "CVSS": cvss,
            "Score": 7.5 if cvss else 0,
            "Provider": system["Name"] if system else "github", "Ecosystem": ecosystem, "Package": package,
            "Constraint": constraint, "Format": form, "Fixed": "9", "URL": f"https://example.org/{number}",
            **({"OS": system} if system else {})}


ADVISORIES = [
    advisory("0001", "high", "deb", "openssl", "< 3.0.11", "dpkg", DEBIAN, CVSS),
    advisory("0002", "critical", "python", "requests", "<2.31.0", "python"),
    advisory("0003", "medium", "npm", "minimist", "<1.2.6", "semver"),
    advisory("0004", "low", "java-archive", "org.apache.logging.log4j:log4j-core", "<2.17.0", "maven"),
    advisory("0005", "negligible", "apk", "busybox", "< 1.36.1", "apk", ALPINE),
    advisory("0006", "high", "deb", "openssl", "< 3.0.1", "dpkg", DEBIAN),  # older than what is there
]
LATER = advisory("0007", "critical", "deb", "openssl", "< 3.0.12", "dpkg", DEBIAN)


class Grype:
    name, maker = "grype", "grypedb"
    files = ("6/vulnerability.db", "6/import.json")
    log4j = "log4j-core"
    negligible = "INFORMATIONAL"
    layer = "application/vnd.oci.image.layer.v1.tar"

    @staticmethod
    def uri(number):
        return f"https://example.org/{number}"

    @staticmethod
    def archive(folder):
        return tar_of(folder / "6", "vulnerability.db")

    @staticmethod
    def beside(folder):
        """Nothing more is needed."""


class Trivy:
    name, maker = "trivy", "trivydb"
    files = ("db/trivy.db", "db/metadata.json")
    log4j = "org.apache.logging.log4j:log4j-core"
    negligible = "UNDEFINED"  # a severity that it does not have
    layer = "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip"

    @staticmethod
    def uri(number):
        """Its own page of a vulnerability, which goes before what the database refers to."""
        return f"https://avd.aquasec.com/nvd/cve-2023-{number}"

    @staticmethod
    def archive(folder):
        return tar_of(folder / "db", "trivy.db", "metadata.json")

    @staticmethod
    def beside(folder):
        """A database of Java archives that knows none, without which it refuses images that have some."""
        place = folder / "java-db"
        place.mkdir(parents=True, exist_ok=True)
        with sqlite3.connect(place / "trivy-java.db") as database:
            database.execute("create table if not exists artifacts (id integer primary key, group_id text, artifact_id text)")
            database.execute("create table if not exists indices"
                             " (artifact_id integer, version text, sha1 blob, archive_type text)")
        (place / "metadata.json").write_text(json.dumps({
            "Version": 1, "UpdatedAt": "2026-01-01T00:00:00Z", "NextUpdate": "2099-01-01T00:00:00Z"}))


ENGINES = (Grype, Trivy)


def absent(engine):
    return [name for name in (engine.name, engine.maker) if not os.access(PROGRAMS / name, os.X_OK)]


def make(engine, folder, advisories):
    """A database in a folder that has none."""
    texts = folder / "advisories.json"
    texts.write_text(json.dumps(advisories))
    subprocess.run([PROGRAMS / engine.maker, folder, texts], check=True)
    texts.unlink()


def replace(engine, folder, advisories):
    """In the place of what is there, at one stroke for each file; what says which one it is comes last."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
        make(engine, pathlib.Path(fresh), advisories)
        for name in engine.files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (pathlib.Path(fresh) / name).rename(folder / name)
    engine.beside(folder)


def artifact(engine, advisories):
    """A database as an image of one layer."""
    with tempfile.TemporaryDirectory() as folder:
        make(engine, pathlib.Path(folder), advisories)
        layer = engine.archive(pathlib.Path(folder))
    manifest, config, layers = packages.of_layers([(layer, engine.layer)], [])
    return Image(manifest, {digest_of(blob): blob for blob in (config, *layers)})


def tar_of(folder, *names):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as file:
        for name in names:
            file.add(folder / name, name)
    return archive.getvalue()
