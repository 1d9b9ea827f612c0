"""What stands in a registry before it is attacked: repositories with what attackers ask for."""

import hashlib
import json
import os

from registry import CONFIG_TYPE, MANIFEST_TYPE, descriptor

BIG, POLICIES, UPLOADS = "attacked/big", "attacked/policies", "attacked/uploads"
MANIFEST_BYTES = 4 << 20
UPLOAD_BYTES = 64 << 20
PATTERNS = [f"*{'a' * 1100}{number}*" for number in range(8)]  # a policy's text has 10,240 characters at most
READ = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]


def prepare(registry):
    for name in (BIG, POLICIES, UPLOADS):
        registry.ecr.create_repository(repositoryName=name)
    open_to_all(registry, BIG)
    open_to_all(registry, POLICIES, {"StringLike": {"aws:UserAgent": PATTERNS}})
    big_manifest(registry)


def open_to_all(registry, repository, condition=None):
    statement = {"Effect": "Allow", "Principal": "*", "Action": READ} | ({"Condition": condition} if condition else {})
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":"))
    registry.ecr.set_repository_policy(repositoryName=repository, policyText=policy)


def big_manifest(registry):
    """`v1` in BIG: as large as a manifest may be."""
    config = b"{}"
    registry.push_blob(BIG, config)
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": descriptor(CONFIG_TYPE, config), "layers": [],
                "annotations": {"text": ""}}
    manifest["annotations"]["text"] = "a" * (MANIFEST_BYTES - len(json.dumps(manifest)))
    body = json.dumps(manifest).encode()
    registry.expect(201, "PUT", f"/v2/{BIG}/manifests/v1", body, {"Content-Type": MANIFEST_TYPE})


def upload_to_complete(registry):
    """The id of an upload with bytes that take a while to hash, and a hundred digests that they do not have."""
    location = registry.begin(UPLOADS)
    registry.patch(location, 0, os.urandom(1 << 20) * (UPLOAD_BYTES >> 20))
    digests = ["sha512:" + hashlib.sha512(b"%d" % number).hexdigest() for number in range(100)]
    return {"repositoryName": UPLOADS, "uploadId": location.rpartition("/")[2].partition("?")[0], "layerDigests": digests}
