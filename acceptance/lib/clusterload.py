"""What 64 clients do to a cluster through its balancer while it is harmed, and what it said yes to."""

import collections
import json
import os
import random
import re
import threading
import time

from botocore.exceptions import ClientError
from load import GONE
from registry import MANIFEST_TYPE, Refused, digest_of, image_of
from sharing import Ledger, layer_is_gone, push

UNKNOWN_OF_A_REGISTER = 8  # a history with many more cannot be judged
SID = re.compile(r'"Sid"\s*:\s*"(\w+)"')
POLICY = '{{"Version": "2012-10-17", "Statement": [{{"Sid": "{}", "Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}}]}}'


class Away(Exception):
    """The cluster said that it cannot now, or nobody knows what it did."""


class History:
    """What clients saw of registers, a line of JSON for each operation."""

    def __init__(self, file):
        self.file, self.lock, self.count = open(file, "w"), threading.Lock(), 0

    def tell(self, client, key, op, value, call, known):
        line = {"client": client, "key": key, "op": op, "value": value or "", "call": call, "return": time.monotonic_ns(),
                "unknown": not known}
        with self.lock:
            self.file.write(json.dumps(line) + "\n")
            self.count += 1


class Register:
    """A tag or a policy that several clients write and read; a new one takes its place when too much of it is unknown."""

    def __init__(self, name):
        self.name, self.generation, self.unknown, self.lock = name, 0, 0, threading.Lock()

    def key(self):
        with self.lock:
            return f"{self.name}-{self.generation}"

    def is_unknown(self, key):
        with self.lock:
            if key == f"{self.name}-{self.generation}":
                self.unknown += 1
                if self.unknown >= UNKNOWN_OF_A_REGISTER:
                    self.generation, self.unknown = self.generation + 1, 0


class Load:
    """`collects` where what nobody uses goes after seconds: then a layer may go before a slow client has named it."""

    def __init__(self, cluster, repository, history, clients, is_harmed, collects=False):
        self.collects, self.shared = collects, [os.urandom(30_000) for _ in range(12)]
        self.cluster, self.repository, self.is_harmed = cluster, repository, is_harmed
        self.registry = cluster.registry(timeout=90)
        self.images, self.deleted, self.maybe = {}, set(), set()
        self.history, self.over = history, threading.Event()
        self.done, self.wrong, self.carried, self.statuses = collections.Counter(), [], 0, collections.Counter()
        self.lock, self.bases = threading.Lock(), []
        self.tags = [Register(f"tag-{number}") for number in range(6)]
        self.policies = [Register(f"policy-{number}") for number in range(2)]
        self.threads = [threading.Thread(target=self.client, args=(number,), daemon=True) for number in range(clients)]

    def begin(self):
        """Images that registers point at, and then all clients."""
        for _ in range(8):
            image = image_of(os.urandom(500))
            push(self.registry, Ledger(), self.repository, "base-" + image.digest[7:19], image)
            self.bases.append(image)
        for register in self.policies:
            for generation in range(40):
                self.registry.ecr.create_repository(repositoryName=f"{self.repository}-{register.name}-{generation}")
        for thread in self.threads:
            thread.start()

    def finish(self):
        self.over.set()
        for thread in self.threads:
            thread.join(180)
        self.history.file.flush()
        return [thread for thread in self.threads if thread.is_alive()]

    def client(self, number):
        chance = random.Random(f"{random.random()}/{number}")
        turn = 0
        pushes = [self.push_shared, self.push_shared, self.delete] if self.collects else []
        works = [self.push_v2, self.push_json, self.pull, self.pull, self.delete, self.slow_upload, *pushes] if number % 4 else [
            self.move_tag, self.move_tag, self.read_tag, self.read_tag, self.delete_tag, self.policy]
        while not self.over.is_set():
            turn += 1
            work = chance.choice(works)
            try:
                work(f"c{number}-{turn}", number, chance)
                self.count(work.__name__)
            except Away:
                self.count(work.__name__ + " (away)")
                time.sleep(chance.uniform(0.05, 0.4))
            except Exception as failure:  # whatever it is, it should not be
                if self.collects and layer_is_gone(failure):
                    self.count("pushes whose layers had gone")
                    continue
                self.blame(f"{work.__name__}: {type(failure).__name__} {failure}")

    def count(self, what):
        with self.lock:
            self.done[what] += 1

    def blame(self, what):
        with self.lock:
            self.wrong.append(what[:400])

    # --- calls, which are well, refused, or away

    def call(self, method, path, body=None, headers=None):
        """An answer that is no 5xx; Away for one that is, and for none. Others than 503 are blamed."""
        began = time.monotonic()
        try:
            answer = self.registry.call(method, path, body, headers)
        except GONE as gone:
            self.registry.connections.open = None
            raise Away from gone
        self.judge(answer.status, f"{method} {path}: {answer.body[:200]!r}", began)
        return answer

    def judge(self, status, what, began):
        with self.lock:
            self.statuses[status] += 1
        if status < 500:
            return
        if status != 503:
            self.blame(f"{status} of {what}")
        elif not self.is_harmed(began):
            self.blame(f"503 while nothing is down: {what}")
        raise Away

    def json(self, operation, **members):
        began = time.monotonic()
        try:
            answer = getattr(self.registry.ecr, operation)(**members)
            with self.lock:
                self.statuses[200] += 1
            return self.whole(answer, operation, began)
        except ClientError as refusal:
            status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
            if refusal.response["Error"]["Code"].isdigit() and status < 500 and self.is_harmed(began):
                with self.lock:
                    self.statuses[status] += 1
                raise Away from refusal  # cut before it said what it is
            self.judge(status, f"{operation}: {refusal}", began)
            raise
        except GONE as gone:
            raise Away from gone

    def whole(self, answer, operation, began):
        """botocore takes a body that was cut for one without members; each operation here answers with some."""
        if answer.keys() == {"ResponseMetadata"}:
            if not self.is_harmed(began):
                self.blame(f"{operation} has an empty answer while nothing is down")
            raise Away
        return answer

    def well(self, status, *call):
        answer = self.call(*call)
        if answer.status != status:
            raise Refused(f"{call[0]} {call[1]} answered {answer.status}, not {status}: {answer.body[:200]!r}")
        return answer

    # --- images

    def push_v2(self, tag, _, chance):
        image = image_of(*(os.urandom(chance.choice((900, 30_000, 200_000))) for _ in range(chance.randint(1, 2))))
        for digest, blob in image.blobs.items():
            location = self.well(202, "POST", f"/v2/{self.repository}/blobs/uploads/").headers["location"]
            half = len(blob) // 2
            if half:
                location = self.well(202, "PATCH", location, blob[:half], self.range(0, half)).headers["location"]
            self.well(201, "PUT", f"{location}{'&' if '?' in location else '?'}digest={digest}", blob[half:],
                      {"Content-Type": "application/octet-stream"})
        self.maybe.add(tag)
        self.well(201, "PUT", f"/v2/{self.repository}/manifests/{tag}", image.manifest, {"Content-Type": MANIFEST_TYPE})
        self.images[tag] = image.digest

    @staticmethod
    def range(first, length):
        return {"Content-Range": f"{first}-{first + length - 1}", "Content-Type": "application/octet-stream"}

    def push_json(self, tag, _, chance):
        image = image_of(os.urandom(chance.choice((900, 30_000, 200_000))))
        for digest, blob in image.blobs.items():
            upload = self.json("initiate_layer_upload", repositoryName=self.repository)["uploadId"]
            self.json("upload_layer_part", repositoryName=self.repository, uploadId=upload, partFirstByte=0,
                      partLastByte=len(blob) - 1, layerPartBlob=blob)
            self.json("complete_layer_upload", repositoryName=self.repository, uploadId=upload, layerDigests=[digest])
        self.maybe.add(tag)
        self.json("put_image", repositoryName=self.repository, imageTag=tag, imageManifest=image.manifest.decode())
        self.images[tag] = image.digest

    def push_shared(self, tag, number, chance):
        """Layers that many images have: asked for, skipped where they are there, and named."""
        image = image_of(chance.choice(self.shared), os.urandom(2_000))
        for digest, blob in image.blobs.items():
            path = f"/v2/{self.repository}/blobs/"
            if self.call("HEAD", path + digest).status == 200:
                self.count("layers skipped")
                continue
            location = self.well(202, "POST", path + "uploads/").headers["location"]
            self.well(201, "PUT", f"{location}{'&' if '?' in location else '?'}digest={digest}", blob,
                      {"Content-Type": "application/octet-stream"})
        self.maybe.add(tag)
        if number % 2:
            self.json("put_image", repositoryName=self.repository, imageTag=tag, imageManifest=image.manifest.decode())
        else:
            self.well(201, "PUT", f"/v2/{self.repository}/manifests/{tag}", image.manifest, {"Content-Type": MANIFEST_TYPE})
        self.images[tag] = image.digest

    def known(self, chance):
        tags = [tag for tag in list(self.images)[-200:] if tag not in self.deleted]
        return chance.choice(tags) if tags else None

    def pull(self, _, __, chance):
        tag = self.known(chance)
        if tag is None:
            return
        answer = self.call("GET", f"/v2/{self.repository}/manifests/{tag}", None, {"Accept": MANIFEST_TYPE})
        if answer.status != 200:
            if tag not in self.deleted:
                raise Refused(f"{tag} was acknowledged and is {answer.status}")
            return
        for part in json.loads(answer.body)["layers"]:
            blob = self.call("GET", f"/v2/{self.repository}/blobs/{part['digest']}")
            if blob.status == 404 and self.collects and tag in self.deleted:
                return  # it was deleted while it was pulled
            if blob.status != 200 or digest_of(blob.body) != part["digest"]:
                raise Refused(f"layer of {tag}: {blob.status}, {len(blob.body)} bytes")

    def delete(self, _, __, chance):
        tag = self.known(chance)
        if tag is None or chance.random() < 0.5:
            return
        self.deleted.add(tag)  # from now on nobody counts on it
        self.json("batch_delete_image", repositoryName=self.repository, imageIds=[{"imageDigest": self.images[tag]}])

    def slow_upload(self, tag, _, chance):
        """An upload over several seconds that goes on after whatever happens; counts those that a dead node had begun."""
        chunk = 30_000 if chance.random() < 0.8 else 3_000_000  # a store of S3 keeps the small ones elsewhere
        data, acknowledged = os.urandom(4 * chunk), {}
        began = self.well(202, "POST", f"/v2/{self.repository}/blobs/uploads/")
        location = began.headers["location"].split("?")[0]
        received, ends, digest = 0, time.monotonic() + 90, digest_of(data)
        while time.monotonic() < ends and not self.over.is_set():
            try:
                if received < len(data):
                    answer = self.call("PATCH", location, data[received : received + chunk], self.range(received, chunk))
                else:
                    answer = self.call("PUT", f"{location}?digest={digest}", b"")
                if answer.status == 201:
                    return self.finished(acknowledged)
                if answer.status == 202:
                    received += chunk
                    node = self.cluster.node_of(answer.headers.get("x-node"))
                    acknowledged[node] = time.monotonic_ns()
                    time.sleep(chance.uniform(0.1, 1))
                    continue
                if answer.status == 404 and received == len(data):
                    return self.completed_before(digest)
                if answer.status != 416:
                    raise Refused(f"upload {location} at {received}: {answer.status} {answer.body[:200]!r}")
            except Away:
                time.sleep(chance.uniform(0.1, 0.6))
            received = self.asked(location, received, digest)
        raise Away

    def completed_before(self, digest):
        """Its PUT was done and its answer lost."""
        if self.collects:
            raise Away  # no image names it, so it may have gone by now
        self.well(200, "HEAD", f"/v2/{self.repository}/blobs/{digest}")

    def asked(self, location, sure, digest):
        """How much is there; what was acknowledged must be."""
        try:
            answer = self.call("GET", location)
        except Away:
            return sure
        if answer.status == 404:
            self.completed_before(digest)
            return sure
        if answer.status != 204:
            raise Refused(f"GET {location}: {answer.status} {answer.body[:200]!r}")
        received = int(answer.headers.get("range", "0-0").split("-")[1]) + 1
        received = 0 if received == 1 else received
        if received < sure:
            raise Refused(f"{location}: {received} bytes are there, {sure} were acknowledged")
        return received

    def finished(self, acknowledged):
        """Whether a node that had acknowledged a chunk was killed after that, and others brought it to its end."""
        now = time.monotonic_ns()
        if any(node and any(at < killed < now for killed in node.killed) for node, at in acknowledged.items()):
            with self.lock:
                self.carried += 1

    # --- registers

    def write(self, register, client, key, value, action):
        call = time.monotonic_ns()
        try:
            action()
        except Away:
            self.history.tell(client, key, "write", value, call, known=False)
            register.is_unknown(key)
            raise
        self.history.tell(client, key, "write", value, call, known=True)

    def move_tag(self, _, client, chance):
        register, image = chance.choice(self.tags), chance.choice(self.bases)
        key = register.key()
        self.write(register, client, key, image.digest, lambda: self.well(
            201, "PUT", f"/v2/{self.repository}/manifests/{key}", image.manifest, {"Content-Type": MANIFEST_TYPE}))

    def delete_tag(self, _, client, chance):
        register = chance.choice(self.tags)
        key = register.key()
        self.write(register, client, key, "", lambda: self.json(
            "batch_delete_image", repositoryName=self.repository, imageIds=[{"imageTag": key}]))

    def read_tag(self, _, client, chance):
        key = chance.choice(self.tags).key()
        call = time.monotonic_ns()
        answer = self.call("GET", f"/v2/{self.repository}/manifests/{key}", None, {"Accept": MANIFEST_TYPE})
        if answer.status not in (200, 404):
            raise Refused(f"tag {key}: {answer.status}")
        self.history.tell(client, key, "read", digest_of(answer.body) if answer.status == 200 else "", call, known=True)

    def policy(self, turn, client, chance):
        register = chance.choice(self.policies)
        key = register.key()
        repository = f"{self.repository}-{key}"
        if chance.random() < 0.4:
            value = "s" + turn.replace("-", "")
            self.write(register, client, key, value, lambda: self.json(
                "set_repository_policy", repositoryName=repository, policyText=POLICY.format(value), force=True))
            return
        call = time.monotonic_ns()
        try:
            value = SID.search(self.json("get_repository_policy", repositoryName=repository)["policyText"])[1]
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] != "RepositoryPolicyNotFoundException":
                raise
            value = ""
        self.history.tell(client, key, "read", value, call, known=True)
