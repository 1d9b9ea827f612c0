#!/usr/bin/env python3
"""boto3 on one door, plain HTTP or skopeo on the other: both see the same images. Needs boto3."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import boto3

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))
from registry import Registry, digest_of, image_of  # noqa: E402
from report import Report, same  # noqa: E402

SPACE = f"doors-{os.getpid()}"
PART = 10 << 20


def json_to_v2(registry, repository):
    image = image_of(os.urandom(3 * PART + 17), os.urandom(900))
    registry.put_image(repository, "json", image)
    same(registry.verify(repository, "json"), image.digest)
    same(registry.manifest(repository, "json").body, image.manifest)


def v2_to_json(registry, repository):
    image = image_of(os.urandom(70_000))
    registry.push(repository, "v2", image)
    found = registry.ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "v2"}])["images"][0]
    same(found["imageManifest"].encode(), image.manifest)
    same(found["imageId"], {"imageDigest": image.digest, "imageTag": "v2"})
    detail = registry.ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": "v2"}])["imageDetails"][0]
    same((detail["imageDigest"], detail["imageTags"]), (image.digest, ["v2"]))


def same_lists(registry, repository):
    tags = json.loads(registry.expect(200, "GET", f"/v2/{repository}/tags/list").body)["tags"]
    listed = registry.ecr.list_images(repositoryName=repository)["imageIds"]
    same(sorted(tags), sorted(image["imageTag"] for image in listed))


def delete(registry, repository):
    registry.push(repository, "short-lived", image_of(os.urandom(100)))
    registry.ecr.batch_delete_image(repositoryName=repository, imageIds=[{"imageTag": "short-lived"}])
    registry.expect(404, "GET", f"/v2/{repository}/manifests/short-lived")


def upload_across_doors(registry, repository):
    """Begun by InitiateLayerUpload, completed by PUT: one upload, two doors."""
    data = os.urandom(100_000)
    identifier = registry.ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]
    registry.ecr.upload_layer_part(
        repositoryName=repository, uploadId=identifier, partFirstByte=0, partLastByte=59_999, layerPartBlob=data[:60_000]
    )
    location = registry.patch(f"/v2/{repository}/blobs/uploads/{identifier}", 60_000, data[60_000:])
    registry.finish(location, digest_of(data))
    same(registry.pulled(repository, digest_of(data)), (digest_of(data), len(data)))


def download_url(registry, repository, data):
    return registry.ecr.get_download_url_for_layer(repositoryName=repository, layerDigest=digest_of(data))["downloadUrl"]


def get(url, **headers):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, headers=headers), timeout=60) as response:
        return response.status, response.headers, response.read()


def ranges(registry, repository):
    data = os.urandom(2_000_000)
    registry.push_blob(repository, data)
    url = download_url(registry, repository, data)
    same(get(url)[2], data)
    for wanted, part in (("bytes=0-0", data[:1]), ("bytes=1000-1999", data[1000:2000]), ("bytes=-5", data[-5:])):
        status, headers, body = get(url, Range=wanted)
        same((status, body), (206, part))
        first = len(data) - 5 if wanted == "bytes=-5" else int(wanted[6:].split("-")[0])
        same(headers["Content-Range"], f"bytes {first}-{first + len(part) - 1}/{len(data)}")


def forged_url(registry, repository):
    data = os.urandom(1000)
    registry.push_blob(repository, data)
    url = download_url(registry, repository, data)
    forged = url[:-1] + ("0" if url[-1] != "0" else "1")
    try:
        status = get(forged)[0]
    except urllib.error.HTTPError as refusal:
        status = refusal.code
    assert 400 <= status < 500, f"a forged URL answered {status}"


def missing_repository(registry):
    started = time.monotonic()
    answer = registry.call("POST", f"/v2/{SPACE}/missing/blobs/uploads/")
    same((answer.status, json.loads(answer.body)["errors"][0]["code"]), (404, "NAME_UNKNOWN"))
    assert time.monotonic() - started < 5, "it took its time"


def copied_by_skopeo(registry, repository):
    """What boto3 put, skopeo copies: all blobs, the same manifest."""
    image = image_of(os.urandom(50_000))
    registry.put_image(repository, "for-skopeo", image)
    host = registry.url.removeprefix("http://")
    with tempfile.TemporaryDirectory() as folder:
        source = f"docker://{host}/{repository}:for-skopeo"
        options = ["--preserve-digests", "--src-tls-verify=false", "--src-creds", f"AWS:{registry.password}"]
        subprocess.run(["skopeo", "copy", "-q", *options, source, f"dir:{folder}"], check=True, timeout=60)
        same((pathlib.Path(folder) / "manifest.json").read_bytes(), image.manifest)


def main():
    registry = Registry(os.environ["ENTREPOT_URL"], os.environ["AWS_SHARED_CREDENTIALS_FILE"])
    repository, report = f"{SPACE}/tags/app", Report()
    registry.ecr.create_repository(repositoryName=repository)
    report.client("boto3", boto3.__version__)
    for name, step in (
        ("push by boto3 in parts, pulled over /v2", json_to_v2),
        ("pull by boto3 what was pushed over /v2", v2_to_json),
        ("list by boto3 what tags/list tells too", same_lists),
        ("delete by boto3, gone from /v2", delete),
        ("an upload begun on one door and ended on the other", upload_across_doors),
        ("ranges of the download URL", ranges),
        ("a forged download URL is refused", forged_url),
    ):
        report.step(f"doors: {name}", step, registry, repository)
    report.step("doors: a push to a missing repository fails quickly", missing_repository, registry)
    if shutil.which("skopeo"):
        report.step("doors: put by boto3, copied by skopeo", copied_by_skopeo, registry, repository)
    else:
        report.not_run("doors: put by boto3, copied by skopeo", "skopeo is not installed")
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
