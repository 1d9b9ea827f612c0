"""A client of both doors of a registry: boto3 for the JSON API, plain HTTP for /v2."""

import base64
import configparser
import hashlib
import http.client
import json
import os
import threading
import time
import urllib.parse
from typing import NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar"
CHUNK = 1 << 20
KEPT = 20  # seconds that a connection may wait for its next request; servers cut those that wait for longer


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes


class Refused(Exception):
    """The registry answered, but not with a success."""


class Image(NamedTuple):
    manifest: bytes
    blobs: dict  # digest -> bytes, the config among them

    @property
    def digest(self):
        return digest_of(self.manifest)


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def descriptor(media_type, data):
    return {"mediaType": media_type, "digest": digest_of(data), "size": len(data)}


def image_of(*layers):
    config = json.dumps({"architecture": "amd64", "os": "linux", "id": os.urandom(8).hex()}).encode()
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST_TYPE,
        "config": descriptor(CONFIG_TYPE, config),
        "layers": [descriptor(LAYER_TYPE, layer) for layer in layers],
    }
    return Image(json.dumps(manifest).encode(), {digest_of(blob): blob for blob in (config, *layers)})


def aws_client(service, url, credentials):
    """boto3's client, without retries: what it reports as done was answered once."""
    keys = configparser.ConfigParser()
    keys.read(credentials)
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=keys["default"]["aws_access_key_id"],
        aws_secret_access_key=keys["default"]["aws_secret_access_key"],
        config=Config(retries={"total_max_attempts": 1}, max_pool_connections=80, proxies={}),
    )


class Registry:
    def __init__(self, url, credentials, timeout=60, patience=60):
        self.url = url
        self.timeout = timeout
        self.ecr = aws_client("ecr", url, credentials)
        self.credentials = credentials
        token = self.first_token(patience)
        self.basic = "Basic " + token
        self.password = base64.b64decode(token).decode().partition(":")[2]
        self.connections = threading.local()

    def first_token(self, patience):
        """A server that has just begun to listen may still say 503 for a while: for its stores it does not wait."""
        ends = time.monotonic() + patience
        while True:
            try:
                return self.ecr.get_authorization_token()["authorizationData"][0]["authorizationToken"]
            except ClientError as refusal:
                if refusal.response["ResponseMetadata"]["HTTPStatusCode"] != 503 or time.monotonic() > ends:
                    raise
                time.sleep(0.2)

    def iam(self):
        return aws_client("iam", self.url, self.credentials)

    def kms(self):
        return aws_client("kms", self.url, self.credentials)

    def secrets(self):
        return aws_client("secretsmanager", self.url, self.credentials)

    def connect(self):
        address = urllib.parse.urlsplit(self.url)
        return http.client.HTTPConnection(address.hostname, address.port, timeout=self.timeout)

    def open(self, method, path, body=None, headers=None):
        """Sends a request on this thread's connection; the answer's body is still unread."""
        kept, used = getattr(self.connections, "open", None), getattr(self.connections, "used", 0)
        connection = kept if kept and time.monotonic() - used < KEPT else self.connect()
        self.connections.open = None
        connection.request(method, path, body=body, headers={"Authorization": self.basic, **(headers or {})})
        return connection, connection.getresponse()

    def call(self, method, path, body=None, headers=None):
        connection, response = self.open(method, path, body, headers)
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        self.connections.open, self.connections.used = connection, time.monotonic()
        return answer

    def expect(self, status, method, path, body=None, headers=None):
        answer = self.call(method, path, body, headers)
        if answer.status != status:
            raise Refused(f"{method} {path} answered {answer.status}, not {status}: {answer.body[:300]!r}")
        return answer

    def begin(self, repository):
        """Opens an upload over /v2 and returns its location."""
        return self.expect(202, "POST", f"/v2/{repository}/blobs/uploads/").headers["location"]

    def patch(self, location, first, data):
        """Appends a chunk that begins at byte `first`; returns the upload's next location."""
        headers = {"Content-Range": f"{first}-{first + len(data) - 1}", "Content-Type": "application/octet-stream"}
        return self.expect(202, "PATCH", location, data, headers).headers["location"]

    def finish(self, location, digest, data=b""):
        joint = "&" if "?" in location else "?"
        self.expect(201, "PUT", location + joint + "digest=" + digest, data, {"Content-Type": "application/octet-stream"})

    def push_blob(self, repository, data):
        """In two requests for small blobs, in chunks for others, as real clients do."""
        location, half = self.begin(repository), len(data) // 2
        if half:
            location = self.patch(location, 0, data[:half])
        self.finish(location, digest_of(data), data[half:])

    def put_manifest(self, repository, reference, image):
        path = f"/v2/{repository}/manifests/{reference}"
        self.expect(201, "PUT", path, image.manifest, {"Content-Type": MANIFEST_TYPE})

    def push(self, repository, tag, image):
        for blob in image.blobs.values():
            self.push_blob(repository, blob)
        self.put_manifest(repository, tag, image)

    def manifest(self, repository, reference):
        return self.expect(200, "GET", f"/v2/{repository}/manifests/{reference}", headers={"Accept": MANIFEST_TYPE})

    def pulled(self, repository, digest):
        """Streams a blob and returns the digest and the size of what came."""
        connection, response = self.open("GET", f"/v2/{repository}/blobs/{digest}")
        if response.status != 200:
            raise Refused(f"GET of blob {digest} answered {response.status}: {response.read()[:300]!r}")
        hashed, size = hashlib.sha256(), 0
        while piece := response.read(CHUNK):
            hashed.update(piece)
            size += len(piece)
        self.connections.open = connection
        return "sha256:" + hashed.hexdigest(), size

    def verify(self, repository, reference):
        """Pulls an image by tag or digest, every blob of it, and returns its digest."""
        answer = self.manifest(repository, reference)
        digest = digest_of(answer.body)
        if answer.headers.get("docker-content-digest") != digest:
            raise Refused(f"{repository}:{reference} says {answer.headers.get('docker-content-digest')}, is {digest}")
        manifest = json.loads(answer.body)
        for part in [manifest["config"], *manifest["layers"]]:
            if self.pulled(repository, part["digest"]) != (part["digest"], part["size"]):
                raise Refused(f"{repository}:{reference}: blob {part['digest']} came with other bytes")
        return digest

    def upload_parts(self, repository, data, part=10 << 20):
        """A layer over the JSON door: initiate, parts, complete."""
        upload = self.ecr.initiate_layer_upload(repositoryName=repository)["uploadId"]
        for first in range(0, len(data), part):
            piece = data[first : first + part]
            self.ecr.upload_layer_part(
                repositoryName=repository,
                uploadId=upload,
                partFirstByte=first,
                partLastByte=first + len(piece) - 1,
                layerPartBlob=piece,
            )
        self.ecr.complete_layer_upload(repositoryName=repository, uploadId=upload, layerDigests=[digest_of(data)])

    def put_image(self, repository, tag, image):
        """An image over the JSON door, its blobs too."""
        for blob in image.blobs.values():
            self.upload_parts(repository, blob)
        self.ecr.put_image(repositoryName=repository, imageTag=tag, imageManifest=image.manifest.decode())
