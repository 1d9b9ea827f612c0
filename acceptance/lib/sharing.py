"""Clients whose images share layers, while what nobody uses is collected after seconds: they ask for a layer, skip it if
it is there, name it in a manifest, and delete nine in ten of their images in every way."""

import collections
import os
import random
import threading
import time

from botocore.exceptions import ClientError
from load import GONE
from registry import Refused, digest_of, image_of

ATTEMPTS = 30  # what is promised for a second may be gone when a slow client names it
MOVED = "gc/moved-{}"
LAYER_GONE = ("MANIFEST_BLOB_UNKNOWN", "LayersNotFound")
UPLOAD_GONE = ("BLOB_UPLOAD_UNKNOWN", "UploadNotFound")
UPLOAD_EXPIRY = 5  # seconds, the least that a test sets


class Ledger:
    """What was acknowledged and is not to be deleted: (repository, tag) and the image."""

    def __init__(self):
        self.lock = threading.Lock()
        self.kept, self.doomed = {}, {}
        self.named = collections.Counter()  # by acknowledged images, (repository, digest)
        self.counts = collections.Counter()

    def count(self, what, often=1):
        with self.lock:
            self.counts[what] += often

    def add(self, where, repository, tag, image):
        with self.lock:
            where[repository, tag] = image
            self.named.update((repository, digest) for digest in image.blobs)

    def forget(self, where, repository, tag):
        """Before it is deleted: from now on nobody counts on it."""
        with self.lock:
            image = where.pop((repository, tag))
            self.named.subtract((repository, digest) for digest in image.blobs)

    def words(self):
        return ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))


def layer_is_gone(refusal):
    return any(word in str(refusal) for word in LAYER_GONE)


def upload_is_gone(refusal, began):
    """Whether it is an upload's that may have expired, since its client stood still for long enough after this moment."""
    return any(word in str(refusal) for word in UPLOAD_GONE) and time.monotonic() - began >= UPLOAD_EXPIRY


def send(registry, ledger, repository, layer):
    """What is there is not sent; it is revived where no image that anybody knows of names it any more."""
    digest = digest_of(layer)
    if registry.call("HEAD", f"/v2/{repository}/blobs/{digest}").status != 200:
        registry.push_blob(repository, layer)
    else:
        ledger.count("skipped" if ledger.named[repository, digest] > 0 else "revived")


def push(registry, ledger, repository, tag, image):
    """As clients do: ask, skip, send the manifest by either door; if a layer went meanwhile, begin again."""
    for _ in range(ATTEMPTS):
        began = time.monotonic()
        try:
            for layer in image.blobs.values():
                send(registry, ledger, repository, layer)
            put(registry, repository, tag, image)
            ledger.count("pushed")
            return
        except (Refused, ClientError) as refusal:
            if not layer_is_gone(refusal) and not upload_is_gone(refusal, began):
                raise
            ledger.count("sent again")
    raise Refused(f"{repository}:{tag} could not be pushed in {ATTEMPTS} attempts")


def put(registry, repository, tag, image):
    if random.random() < 0.5:
        registry.put_manifest(repository, tag, image)
    else:
        registry.ecr.put_image(repositoryName=repository, imageTag=tag, imageManifest=image.manifest.decode())


def delete(registry, repository, tag, image):
    """By digest over /v2, by tag over the API, or by two at a time that are one."""
    way = random.randrange(3)
    if way == 0:
        registry.expect(202, "DELETE", f"/v2/{repository}/manifests/{image.digest}")
    elif way == 1:
        registry.ecr.batch_delete_image(repositoryName=repository, imageIds=[{"imageTag": tag}])
    else:
        ids = [{"imageTag": tag}, {"imageDigest": image.digest}]
        registry.ecr.batch_delete_image(repositoryName=repository, imageIds=ids)


def rest_of(registry, repository):
    """Leaves a layer that no image names, and an upload that nobody ends."""
    began = time.monotonic()
    try:
        registry.push_blob(repository, random.randbytes(5_000))
        registry.patch(registry.begin(repository), 0, random.randbytes(5_000))
    except Refused as refusal:
        if not upload_is_gone(refusal, began):
            raise


class Clients:
    """Of whom each pushes so many images, or goes on until it is told to end, or the server dies."""

    def __init__(self, registry, ledger, repositories, shared, clients=4, images=None):
        self.registry, self.ledger, self.repositories, self.shared = registry, ledger, repositories, shared
        self.images, self.over, self.problems = images, threading.Event(), []
        self.threads = [threading.Thread(target=self.client, args=(number,)) for number in range(clients)]
        for thread in self.threads:
            thread.start()

    def finish(self):
        """Waits for their end; they end by themselves where they are to push so many."""
        if self.images is None:
            self.over.set()
        for thread in self.threads:
            thread.join()
        return self.problems

    def client(self, number):
        turn = 0
        try:
            while not self.over.is_set() and (self.images is None or turn < self.images):
                self.turn(number, turn)
                turn += 1
        except GONE:
            pass
        except (Refused, ClientError) as refusal:
            self.problems.append(f"client {number}: {refusal}")

    def turn(self, number, turn):
        image = image_of(random.choice(self.shared), random.randbytes(random.randrange(2_000, 20_000)))
        if turn % 5 == 4:  # its tag moves on with the next one, and a policy is for what it leaves
            push(self.registry, self.ledger, MOVED.format(number), "latest", image)
            return
        repository, tag = random.choice(self.repositories), os.urandom(6).hex()
        push(self.registry, self.ledger, repository, tag, image)
        self.keep_or_delete(repository, tag, image, kept=turn % 10 == 0)
        if turn % 20 == 0:
            rest_of(self.registry, repository)

    def keep_or_delete(self, repository, tag, image, kept):
        ledger = self.ledger
        self.ledger.add(ledger.kept if kept else ledger.doomed, repository, tag, image)
        if not kept and random.random() < 0.8:
            ledger.forget(ledger.doomed, repository, tag)
            delete(self.registry, repository, tag, image)
            ledger.count("deleted")


def missing(registry, ledger):
    """A line for each image that is to be there and does not pull whole."""
    for (repository, tag), image in ledger.kept.items():
        try:
            if registry.verify(repository, tag) != image.digest:
                yield f"{repository}:{tag} is another image"
        except (Refused, *GONE) as failure:
            yield f"{repository}:{tag}: {failure or type(failure).__name__}"
