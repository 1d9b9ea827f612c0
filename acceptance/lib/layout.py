"""Writes images as OCI layouts: folders that clients copy from without a network."""

import gzip
import hashlib
import io
import json
import tarfile

OCI = "application/vnd.oci."
MANIFEST, INDEX = OCI + "image.manifest.v1+json", OCI + "image.index.v1+json"
CONFIG, LAYER = OCI + "image.config.v1+json", OCI + "image.layer.v1.tar"


class Layout:
    def __init__(self, folder):
        self.folder = folder
        self.blobs = folder / "blobs" / "sha256"
        self.blobs.mkdir(parents=True)
        (folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')

    def blob(self, media_type, data, **more):
        name = hashlib.sha256(data).hexdigest()
        (self.blobs / name).write_bytes(data)
        return {"mediaType": media_type, "digest": "sha256:" + name, "size": len(data), **more}

    def document(self, media_type, value, **more):
        return self.blob(media_type, json.dumps({"schemaVersion": 2, "mediaType": media_type, **value}).encode(), **more)

    def image(self, tars, pack=gzip.compress, suffix="+gzip", architecture="amd64"):
        diffs = ["sha256:" + hashlib.sha256(tar).hexdigest() for tar in tars]
        config = {"architecture": architecture, "os": "linux", "config": {"Cmd": ["/file-0"]},
                  "rootfs": {"type": "layers", "diff_ids": diffs}}
        layers = [self.blob(LAYER + suffix, pack(tar)) for tar in tars]
        described = self.blob(CONFIG, json.dumps(config).encode())
        return self.document(MANIFEST, {"config": described, "layers": layers})

    def tag(self, described):
        entry = {**described, "annotations": {"org.opencontainers.image.ref.name": "v1"}}
        (self.folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [entry]}))


def tar_of(name, data):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(data), 0o755
        tar.addfile(entry, io.BytesIO(data))
    return packed.getvalue()
