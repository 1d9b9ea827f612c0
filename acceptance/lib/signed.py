"""A JSON call signed before it is sent, its body given in pieces, so that many can be sent at one moment."""

import hashlib
import http.client
import json
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

TARGET = "AmazonEC2ContainerRegistry_V20150921."


class SignedCall:
    def __init__(self, registry, operation, pieces):
        self.registry, self.pieces = registry, pieces
        hashed = hashlib.sha256()
        for piece in pieces:
            hashed.update(piece)
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": TARGET + operation,
            "X-Amz-Content-SHA256": hashed.hexdigest(),
        }
        request = AWSRequest("POST", registry.url + "/", headers=headers)
        credentials = registry.ecr._request_signer._credentials
        SigV4Auth(credentials, "ecr", "us-east-1").add_auth(request)
        self.headers = dict(request.headers) | {"Content-Length": str(sum(map(len, pieces)))}

    def send(self):
        """The status and the body's `__type`, or its first bytes."""
        address = urllib.parse.urlsplit(self.registry.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=self.registry.timeout)
        try:
            connection.request("POST", "/", body=iter(self.pieces), headers=self.headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        try:
            return response.status, json.loads(body).get("__type", "")
        except ValueError:
            return response.status, body[:200]
