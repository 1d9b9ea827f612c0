"""Honest clients: they push and pull through both doors, heed Retry-After, and measure each answer."""

import itertools
import json
import os
import random
import threading
import time
from dataclasses import dataclass, field

from botocore.exceptions import ClientError
from registry import MANIFEST_TYPE, Refused, digest_of, image_of

CLIENTS = 16
REPOSITORY = "honest"
LAYER = 200_000
PAUSES = (0.05, 0.2)  # seconds between two requests of one client
LONGEST_WAIT = 5


@dataclass
class Tally:
    """What all clients saw: seconds of each answer, those that said 503 with Retry-After apart."""

    seconds: list = field(default_factory=list)
    later: int = 0
    failures: list = field(default_factory=list)

    def p(self, share):
        return sorted(self.seconds)[int(len(self.seconds) * share)] if self.seconds else float("inf")


class Honest:
    def __init__(self, registry):
        self.registry, self.known, self.numbers = registry, [], itertools.count()
        registry.ecr.create_repository(repositoryName=REPOSITORY)
        for tag in ("first", "second"):
            image = image_of(os.urandom(LAYER))
            registry.push(REPOSITORY, tag, image)
            self.known.append((tag, image.digest))

    def run(self, seconds, over=threading.Event()):
        """Lets all clients work for that long, or until it is over; an image that has been begun is finished."""
        tally, ends = Tally(), time.monotonic() + seconds
        works = [self.push_v2, self.pull_v2, self.push_json, self.pull_json]
        more = lambda: time.monotonic() < ends and not over.is_set()  # noqa: E731
        threads = [threading.Thread(target=self.loop, args=(works[n % 4], tally, more)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return tally

    def loop(self, work, tally, more):
        while more():
            try:
                work(Patient(self.registry, tally))
            except Exception as failure:  # whatever it is, an honest client was failed
                tally.failures.append(f"{work.__name__}: {type(failure).__name__} {failure}"[:300])
                self.registry.connections.open = None
                time.sleep(0.5)

    def push_v2(self, patient):
        image, tag = image_of(os.urandom(LAYER)), f"v2-{next(self.numbers)}"
        for digest, blob in image.blobs.items():
            location = patient.v2(202, "POST", f"/v2/{REPOSITORY}/blobs/uploads/").headers["location"]
            location = patient.v2(202, "PATCH", location, blob).headers["location"]
            patient.v2(201, "PUT", f"{location}{'&' if '?' in location else '?'}digest={digest}")
        patient.v2(201, "PUT", f"/v2/{REPOSITORY}/manifests/{tag}", image.manifest, {"Content-Type": MANIFEST_TYPE})
        self.known.append((tag, image.digest))

    def pull_v2(self, patient):
        tag, digest = random.choice(self.known)
        manifest = patient.v2(200, "GET", f"/v2/{REPOSITORY}/manifests/{tag}", None, {"Accept": MANIFEST_TYPE}).body
        expect(digest_of(manifest), digest)
        self.pull_layers(patient, manifest)

    def pull_layers(self, patient, manifest):
        for part in layers_of(manifest):
            expect(digest_of(patient.v2(200, "GET", f"/v2/{REPOSITORY}/blobs/{part}").body), part)

    def push_json(self, patient):
        image, tag = image_of(os.urandom(LAYER)), f"json-{next(self.numbers)}"
        for digest, blob in image.blobs.items():
            upload = patient.json("initiate_layer_upload")["uploadId"]
            patient.json("upload_layer_part", uploadId=upload, partFirstByte=0, partLastByte=len(blob) - 1, layerPartBlob=blob)
            patient.json("complete_layer_upload", uploadId=upload, layerDigests=[digest])
        patient.json("put_image", imageTag=tag, imageManifest=image.manifest.decode())
        self.known.append((tag, image.digest))

    def pull_json(self, patient):
        tag, digest = random.choice(self.known)
        manifest = patient.json("batch_get_image", imageIds=[{"imageTag": tag}])["images"][0]["imageManifest"].encode()
        expect(digest_of(manifest), digest)
        for part in layers_of(manifest):
            link = patient.json("get_download_url_for_layer", layerDigest=part)["downloadUrl"]
            expect(digest_of(patient.v2(200, "GET", "/" + link.split("/", 3)[3]).body), part)


class Patient:
    """Asks again where the server says 503 with Retry-After, and only there; a pause lies before each request."""

    def __init__(self, registry, tally):
        self.registry, self.tally = registry, tally

    def v2(self, status, *request):
        answer = self.until_taken(lambda: self.registry.call(*request), lambda answer: (answer.status, answer.headers))
        if answer.status != status:
            raise Refused(f"{request[0]} {request[1]} answered {answer.status}: {answer.body[:200]!r}")
        return answer

    def json(self, operation, **members):
        def call():
            try:
                return getattr(self.registry.ecr, operation)(repositoryName=REPOSITORY, **members)
            except ClientError as refusal:
                return refusal
        answer = self.until_taken(call, lambda it: metadata(it.response if isinstance(it, ClientError) else it))
        if isinstance(answer, ClientError):
            raise answer
        return answer

    def until_taken(self, call, told):
        while True:
            time.sleep(random.uniform(*PAUSES))
            started = time.monotonic()
            answer = call()
            status, headers = told(answer)
            if status != 503 or "retry-after" not in headers:
                self.tally.seconds.append(time.monotonic() - started)
                return answer
            self.tally.later += 1
            time.sleep(min(float(headers["retry-after"]), LONGEST_WAIT))


def metadata(response):
    return response["ResponseMetadata"]["HTTPStatusCode"], response["ResponseMetadata"]["HTTPHeaders"]


def layers_of(manifest):
    parsed = json.loads(manifest)
    return [part["digest"] for part in (parsed["config"], *parsed["layers"])]


def expect(found, wanted):
    if found != wanted:
        raise Refused(f"{found} came instead of {wanted}")
