"""Pushes over both doors until the server dies, and remembers what it acknowledged."""

import http.client
import json
import os
import random
import threading
import time
from dataclasses import dataclass, field

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotReached
from registry import Refused, digest_of, image_of

CHUNKS_OF_AN_OPEN_UPLOAD = 8
# What a client sees of a server that is gone: OSError and http.client's (which are not all OSErrors), boto's.
GONE = (OSError, HTTPClientError, NotReached, http.client.HTTPException)


@dataclass
class Upload:
    """An upload left open: the bytes it shall have, and how many of them were acknowledged."""

    location: str
    data: bytes
    acknowledged: int = 0


@dataclass
class Ledger:
    """What the server said yes to."""

    images: list = field(default_factory=list)  # (tag, digest)
    blobs: list = field(default_factory=list)  # digests
    uploads: list = field(default_factory=list)
    moving: list = field(default_factory=lambda: [None])  # digests that the moving tag had, the last one for certain
    moving_next: str = ""  # the digest that it may have got in the last breath
    refused: list = field(default_factory=list)


class Load:
    """Threads that push into one repository; `finish` returns the ledger once they have all ended."""

    def __init__(self, registry, repository):
        self.registry, self.repository = registry, repository
        self.ledger, self.over = Ledger(), threading.Event()
        works = [self.over_v2] * 3 + [self.over_json] * 2 + [self.move_a_tag, self.chunks, self.parts]
        self.threads = [threading.Thread(target=self.until_over, args=(work, n)) for n, work in enumerate(works)]
        for thread in self.threads:
            thread.start()

    def wait_for_an_image(self, within):
        ends = time.monotonic() + within
        while not self.ledger.images and time.monotonic() < ends:
            time.sleep(0.02)

    def finish(self):
        self.over.set()
        for thread in self.threads:
            thread.join()
        return self.ledger

    def until_over(self, work, number):
        turn = 0
        while not self.over.is_set():
            turn += 1
            try:
                work(f"{work.__name__}-{number}-{turn}")
            except GONE:
                return
            except (Refused, ClientError) as refusal:
                self.ledger.refused.append(f"{work.__name__}: {refusal}")
                return

    def random_image(self):
        return image_of(*(os.urandom(random.choice((900, 40_000, 400_000))) for _ in range(random.randint(1, 3))))

    def push_blobs(self, push, image):
        for digest, blob in image.blobs.items():
            push(self.repository, blob)
            self.ledger.blobs.append(digest)

    def over_v2(self, tag):
        image = self.random_image()
        self.push_blobs(self.registry.push_blob, image)
        self.registry.put_manifest(self.repository, tag, image)
        self.ledger.images.append((tag, image.digest))

    def over_json(self, tag):
        image = self.random_image()
        self.push_blobs(self.registry.upload_parts, image)
        self.registry.ecr.put_image(
            repositoryName=self.repository, imageTag=tag, imageManifest=image.manifest.decode(), imageDigest=image.digest
        )
        self.ledger.images.append((tag, image.digest))

    def move_a_tag(self, _):
        image = image_of(os.urandom(500))
        self.push_blobs(self.registry.push_blob, image)
        self.ledger.moving_next = image.digest
        self.registry.put_manifest(self.repository, "moving", image)
        self.ledger.moving.append(image.digest)

    def chunks(self, _):
        """An upload over /v2 that is never completed."""
        chunk = random.choice((1, 5_000, 300_000))
        upload = Upload(self.registry.begin(self.repository), os.urandom(chunk * CHUNKS_OF_AN_OPEN_UPLOAD + 1))
        self.ledger.uploads.append(upload)
        while upload.acknowledged + chunk < len(upload.data):
            end = upload.acknowledged + chunk
            upload.location = self.registry.patch(upload.location, upload.acknowledged, upload.data[upload.acknowledged : end])
            upload.acknowledged = end

    def parts(self, _):
        """An upload over the JSON door that is never completed."""
        ecr, part = self.registry.ecr, random.choice((10_000, 200_000))
        identifier = ecr.initiate_layer_upload(repositoryName=self.repository)["uploadId"]
        location = f"/v2/{self.repository}/blobs/uploads/{identifier}"
        upload = Upload(location, os.urandom(part * CHUNKS_OF_AN_OPEN_UPLOAD + 1))
        self.ledger.uploads.append(upload)
        while upload.acknowledged + part < len(upload.data):
            first, end = upload.acknowledged, upload.acknowledged + part
            ecr.upload_layer_part(
                repositoryName=self.repository, uploadId=identifier, partFirstByte=first, partLastByte=end - 1,
                layerPartBlob=upload.data[first:end],
            )
            upload.acknowledged = end


def problems(registry, repository, ledger):
    """Holds a restarted server against the ledger; yields what is wrong, a line each."""
    yield from (f"refused under load: {refusal}" for refusal in ledger.refused)
    yield from missing_images(registry, repository, ledger)
    yield from half_written(registry, repository, ledger)
    yield from lost_chunks(registry, repository, ledger)


def attempt(what, action, *arguments):
    """The problem that an action meets, as a list of none or one."""
    try:
        action(*arguments)
        return []
    except (Refused, ClientError, *GONE) as failure:
        return [f"{what}: {failure or type(failure).__name__}"]


def expect_digest(registry, repository, reference, digests):
    found = registry.verify(repository, reference)
    if found not in digests:
        raise Refused(f"{reference} is {found}, not {' or '.join(map(str, digests))}")


def missing_images(registry, repository, ledger):
    for tag, digest in ledger.images:
        yield from attempt(f"acknowledged image {tag}", expect_digest, registry, repository, tag, [digest])
    last = ledger.moving[-1]
    if last:
        wanted = [last, ledger.moving_next]
        yield from attempt("moving tag", expect_digest, registry, repository, "moving", wanted)
    for digest in ledger.blobs:
        yield from attempt("acknowledged layer", registry.expect, 200, "HEAD", f"/v2/{repository}/blobs/{digest}")


def half_written(registry, repository, ledger):
    """Every image that either door lists and that was not pulled above must pull whole too."""
    known = {digest for _, digest in ledger.images}
    pages = registry.ecr.get_paginator("list_images").paginate(repositoryName=repository)
    images = [image for page in pages for image in page["imageIds"]]
    for digest in {image["imageDigest"] for image in images} - known:
        yield from attempt(f"listed image {digest}", registry.verify, repository, digest)
    listed = sorted(image["imageTag"] for image in images if "imageTag" in image)
    tags = registry.expect(200, "GET", f"/v2/{repository}/tags/list?n=1000").body
    if len(listed) <= 1000 and listed != sorted(json.loads(tags)["tags"] or []):
        yield "tags/list and ListImages differ"
    for tag in set(listed) - {tag for tag, _ in ledger.images}:
        yield from attempt(f"listed tag {tag}", registry.verify, repository, tag)


def lost_chunks(registry, repository, ledger):
    for upload in ledger.uploads:
        yield from attempt("open upload", finish_upload, registry, repository, upload)


def finish_upload(registry, repository, upload):
    answer = registry.expect(204, "GET", upload.location)
    received = int(answer.headers.get("range", "0-0").split("-")[1]) + 1
    if received == 1 and upload.acknowledged == 0:
        return  # `0-0` is also how an empty upload's range is written
    if received < upload.acknowledged:
        raise Refused(f"{received} bytes are there, {upload.acknowledged} were acknowledged")
    rest = upload.data[received:]
    if not rest:
        raise Refused(f"{received} bytes are there, more than were ever sent")
    location = registry.patch(answer.headers.get("location", upload.location), received, rest)
    registry.finish(location, digest_of(upload.data))
    if registry.pulled(repository, digest_of(upload.data)) != (digest_of(upload.data), len(upload.data)):
        raise Refused("the finished layer came with other bytes")
