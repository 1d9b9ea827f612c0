#!/usr/bin/env python3
"""The two forms of cache that BuildKit exports to a registry, made here: `image-manifest=true` is stored, the old
index of layers is refused in ECR's words on both doors. Needs boto3."""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))
from registry import LAYER_TYPE, MANIFEST_TYPE, Image, Registry, descriptor, digest_of  # noqa: E402
from report import Report, same  # noqa: E402

INDEX_TYPE = "application/vnd.oci.image.index.v1+json"
CACHE_TYPE = "application/vnd.buildkit.cacheconfig.v0"


class Cache:
    """Two layers and BuildKit's description of them, which is a manifest's config or one more child of an index."""

    def __init__(self):
        self.layers = [os.urandom(20_000), os.urandom(20_000)]
        chain = [{"blob": digest_of(layer), "parent": number - 1} for number, layer in enumerate(self.layers)]
        self.config = json.dumps({"layers": chain, "records": []}).encode()

    def blobs(self):
        return {digest_of(blob): blob for blob in (self.config, *self.layers)}

    def described(self):
        return [descriptor(LAYER_TYPE, layer) for layer in self.layers]

    def image(self):
        config = descriptor(CACHE_TYPE, self.config)
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": config, "layers": self.described()}
        return Image(json.dumps(manifest).encode(), self.blobs())

    def index(self):
        children = [*self.described(), descriptor(CACHE_TYPE, self.config)]
        return json.dumps({"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": children}).encode()


def push(registry, repository, cache):
    registry.push(repository, "image", cache.image())


def pull(registry, repository, cache):
    same(registry.verify(repository, "image"), cache.image().digest)
    found = registry.ecr.batch_get_image(repositoryName=repository, imageIds=[{"imageTag": "image"}])["images"][0]
    same(found["imageManifest"].encode(), cache.image().manifest)


def put(registry, repository, cache):
    again = Cache()
    registry.put_image(repository, "put", again.image())
    same(registry.verify(repository, "put"), again.image().digest)


def words(repository, cache):
    """ECR's text for children of an index that are no images of the repository, up to the id of the registry."""
    digests = ", ".join(child["digest"] for child in json.loads(cache.index())["manifests"])
    return (
        f"Images with digests '[{digests}]' required for pushing image into repository with name '{repository}'"
        " in the registry with id '"
    )


def refuse_on_v2(registry, repository, cache):
    path = f"/v2/{repository}/manifests/index"
    answer = registry.expect(404, "PUT", path, cache.index(), {"Content-Type": INDEX_TYPE})
    refusal = json.loads(answer.body)["errors"][0]
    same((refusal["code"], words(repository, cache) in refusal["message"]), ("MANIFEST_BLOB_UNKNOWN", True))


def refuse_by_put_image(registry, repository, cache):
    try:
        registry.ecr.put_image(repositoryName=repository, imageTag="index", imageManifest=cache.index().decode())
    except registry.ecr.exceptions.ReferencedImagesNotFoundException as refusal:
        assert words(repository, cache) in str(refusal), str(refusal)
        return
    raise AssertionError("it was stored")


def delete(registry, repository, cache):
    wanted = [{"imageDigest": cache.image().digest}]
    same(len(registry.ecr.batch_delete_image(repositoryName=repository, imageIds=wanted)["imageIds"]), 1)
    registry.expect(404, "GET", f"/v2/{repository}/manifests/image")


def main():
    registry = Registry(os.environ["ENTREPOT_URL"], os.environ["AWS_SHARED_CREDENTIALS_FILE"])
    repository, report, cache = f"buildkit-{os.getpid()}/cache", Report(), Cache()
    report.client("BuildKit's cache form", "made by the test")
    registry.ecr.create_repository(repositoryName=repository)
    for name, step in (
        ("push a cache as an image", push),
        ("pull it over /v2 and by BatchGetImage", pull),
        ("push a cache by PutImage", put),
        ("refuse an index of layers over /v2", refuse_on_v2),
        ("refuse an index of layers by PutImage", refuse_by_put_image),
        ("delete the cache", delete),
    ):
        report.step(f"buildkit: {name}", step, registry, repository, cache)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
