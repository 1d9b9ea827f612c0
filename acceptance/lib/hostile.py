"""Requests that a registry must refuse, each quickly and none at the price of its memory."""

import http.client
import json
import socket
import urllib.parse

from registry import MANIFEST_TYPE, Refused
from signed import SignedCall

MANIFEST_LIMIT = 4 << 20
DEEP = 100_000


def requests(registry, repository):
    """Names and calls; a call raises when the answer is not a refusal."""
    manifest = f"/v2/{repository}/manifests/bad"
    typed = {"Content-Type": MANIFEST_TYPE}
    yield "manifest of 4 MiB + 1: 413", lambda: refused(registry, {413}, "PUT", manifest, b" " * (MANIFEST_LIMIT + 1), typed)
    for name, body in bad_manifests():
        yield f"manifest {name}: 400", lambda body=body: refused(registry, {400}, "PUT", manifest, body, typed)
    for name, body in bad_bodies(repository):
        yield f"JSON {name}: 400", lambda body=body: refused_json(registry, body)
    yield "unsigned JSON of 100 MB: 4xx or cut", lambda: cut_or_refused(registry, b"POST / HTTP/1.1", 100 << 20)
    yield "header of 1 MB: 4xx or cut", lambda: long_head(registry, b"GET /v2/ HTTP/1.1\r\nHost: x\r\nX-Long: ")
    yield "URL of 1 MB: 4xx or cut", lambda: long_head(registry, b"GET /v2/")
    for path in ("/v2/" + repository + "/blobs/sha256:..%2f..%2f..%2fetc%2fpasswd", "/v2/../../etc/passwd"):
        yield f"GET {path}: 4xx", lambda path=path: refused(registry, {400, 404}, "GET", path)


def bad_manifests():
    yield "not JSON", b"manifest"
    yield "truncated", b'{"schemaVersion":2,"mediaType":"' + MANIFEST_TYPE.encode()
    yield f"nested {DEEP} deep", b'{"schemaVersion":2,"annotations":' + b"[" * DEEP + b"]" * DEEP + b"}"
    yield "with layers and manifests", json.dumps({"schemaVersion": 2, "layers": [], "manifests": []}).encode()
    yield "of nothing", b""


def bad_bodies(repository):
    yield "not JSON", b"{"
    yield f"nested {DEEP} deep", b'{"repositoryName":' + b"[" * DEEP + b"]" * DEEP + b"}"
    yield "with a part of 30 MiB", (
        b'{"repositoryName":"%s","uploadId":"00000000-0000-4000-8000-000000000000","partFirstByte":0,'
        b'"partLastByte":9,"layerPartBlob":"%s"}' % (repository.encode(), b"A" * (40 << 20))
    )


def refused(registry, statuses, *request):
    answer = registry.call(*request)
    if answer.status not in statuses:
        raise Refused(f"answered {answer.status}: {answer.body[:200]!r}")


def refused_json(registry, body):
    status, kind = SignedCall(registry, "UploadLayerPart", [body]).send()
    if status not in (400, 413):
        raise Refused(f"answered {status} {kind}")


def cut_or_refused(registry, line, length):
    head = line + b"\r\nHost: x\r\nX-Amz-Target: AmazonEC2ContainerRegistry_V20150921.PutImage\r\nContent-Length: %d\r\n\r\n"
    status_or_cut(registry, [head % length] + [b" " * (1 << 20)] * (length >> 20))


def long_head(registry, head):
    status_or_cut(registry, [head, b"a" * (1 << 20), b"\r\n\r\n"])


def status_or_cut(registry, pieces):
    """Sends raw bytes; a status of 4xx or a closed connection is what is wanted."""
    address = urllib.parse.urlsplit(registry.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
        except OSError:
            pass  # refused while we still sent: its answer may be there to read
        try:
            response = http.client.HTTPResponse(connection)
            response.begin()
        except (ConnectionError, http.client.HTTPException):
            return
        if not 400 <= response.status < 500:
            raise Refused(f"answered {response.status}")
