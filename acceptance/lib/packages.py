"""Images of packages with known versions, made of nothing: what dpkg, apk, Java, Python and npm leave in a file system."""
import gzip
import hashlib
import io
import json
import tarfile
import zipfile

CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def debian(version="12"):
    """What Debian has: one package of the system, and one each of Python, npm and Java."""
    return {
        "etc/os-release": f'ID=debian\nVERSION_ID="{version}"\nNAME="Debian GNU/Linux"\n',
        "etc/debian_version": f"{version}\n",
        "var/lib/dpkg/status": "Package: openssl\nStatus: install ok installed\nPriority: optional\nSection: utils\n"
        "Maintainer: nobody <n@example.org>\nArchitecture: amd64\nVersion: 3.0.9-1\nDescription: made up\n\n",
        "usr/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA":
        "Metadata-Version: 2.1\nName: requests\nVersion: 2.28.1\n",
        "usr/lib/python3/dist-packages/requests-2.28.1.dist-info/RECORD": "",
        "app/node_modules/minimist/package.json":
        json.dumps({"name": "minimist", "version": "1.2.0", "license": "MIT"}),
        "app/lib/log4j-core-2.14.1.jar": jar("org.apache.logging.log4j", "log4j-core", "2.14.1"),
    }


def alpine():
    return {
        "etc/os-release": "ID=alpine\nVERSION_ID=3.18.0\nNAME=\"Alpine Linux\"\n",
        "etc/alpine-release": "3.18.0\n",
        "lib/apk/db/installed": "C:Q1pVBdYMXLLZTMSjTsSdG2Prkvdk8=\nP:busybox\nV:1.36.0-r9\nA:x86_64\nS:1\nI:1\n"
        "T:made up\nU:https://example.org\nL:GPL-2.0-only\no:busybox\nm:nobody\nt:1684000000\nc:0\n\n",
    }


def jar(group, name, version):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("META-INF/MANIFEST.MF",
                      f"Manifest-Version: 1.0\nImplementation-Title: {name}\nImplementation-Version: {version}\n")
        file.writestr(f"META-INF/maven/{group}/{name}/pom.properties",
                      f"groupId={group}\nartifactId={name}\nversion={version}\n")
    return archive.getvalue()


def tar(files):
    """A layer's bytes, before it is compressed."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as file:
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = 0o644
            file.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def image(files, mark=""):
    """Manifest, config and layers, as bytes. Images with different marks have different digests."""
    plain = tar(files)
    return of_layers([(gzip.compress(plain, mtime=0), LAYER)], [digest(plain)], mark)


def of_layers(layers, plain_digests, mark=""):
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {"Labels": {"mark": mark}},
        "rootfs": {"type": "layers", "diff_ids": plain_digests}}).encode()
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": {"mediaType": CONFIG, "digest": digest(config), "size": len(config)},
        "layers": [{"mediaType": kind, "digest": digest(layer), "size": len(layer)} for layer, kind in layers],
    }).encode()
    return manifest, config, [layer for layer, _ in layers]
