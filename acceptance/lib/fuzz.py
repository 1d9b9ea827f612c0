"""Requests made by a grammar and then spoilt, and the client that sends their bytes as they are."""

import base64
import datetime
import hashlib
import hmac
import json
import pathlib
import random
import socket
import urllib.parse

DIGEST = "sha256:" + hashlib.sha256(b"").hexdigest()
NAMES = ("fuzz", "fuzz/a", "a" * 256, "..", "%2e%2e", "fuzz%2Fa", "Fuzz", "tags/list", "x/manifests/y", "", "a//b", "\u00e9")
TAGS = ("v1", "latest", "a" * 128, "a" * 129, ".", "%2e", "-", "sha256:", "v1%00")
DIGESTS = (DIGEST, "sha256:" + "0" * 64, "sha256:" + "0" * 63, "md5:" + "0" * 32, "sha512:" + "0" * 128,
           "SHA256:" + "A" * 64, "sha256:../../../../etc/passwd", "sha256:%2e%2e%2f", ":", "x:y")
TYPES = ("application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
         "application/vnd.oci.image.index.v1+json", "text/plain", "application/json; charset=x", "", "/", "a/b;c=\"")
RANGES = ("bytes=0-0", "bytes=-1", "bytes=0-", "bytes=5-4", "bytes=0-1,2-3,4-5", "bytes=99999999999999999999-", "bytes=--",
          "bytes=" + "0-1," * 500, "lines=1-2", "0-5", "5-0", "-", "0-99999999999999999999")
NUMBERS = ("0", "1", "-1", "1000", "1001", "99999999999999999999", "1.5", "x", "", "%00", "0x10")
METHODS = ("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "BREW", "A" * 300)
POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}'
USERS = ("ann", "bob", "Ann")
POLICIES = ("p", "q", "P")
PATHS = ("/", "/team/")
DOCUMENTS = (POLICY, POLICY, POLICY[:-1], "{" * 300)
VERSIONS = ("v1", "v2")
ARNS = ("arn:aws:iam::000000000000:policy/p", "arn:aws:iam::000000000000:policy/team/q", "arn:aws:iam::aws:policy/AdministratorAccess",
        "arn:aws:iam::000000000000:user/ann", "arn:aws:ecr:us-east-1:000000000000:repository/fuzz", "arn:")
WORDS = ("Active", "true", "env", "\u00e9", "a b", "*", "AKIAAAAAAAAAAAAAAAAA")
ALL = (NAMES, TAGS, DIGESTS, TYPES, USERS, POLICIES, PATHS, DOCUMENTS, VERSIONS, ARNS, WORDS, ("QUJD", ""))
# by what the name of a shape has in it
KINDS = {"repositoryname": NAMES, "digest": DIGESTS, "imagetag": TAGS, "mediatype": TYPES, "username": USERS, "policyname": POLICIES,
         "path": PATHS, "policydocument": DOCUMENTS, "policyversionid": VERSIONS, "arn": ARNS}
AWS = pathlib.Path(__file__).resolve().parents[2] / "registry" / "src" / "main" / "resources" / "entrepot" / "aws"


class Api:
    """What the registry's own tables say of an API: those that its families are checked against, so that whatever is built
    is called."""

    def __init__(self, name, version=None):
        self.name, self.version = name, version
        table = json.loads((AWS / f"{name}.json").read_text())
        self.target, self.shapes = table["target"], table["shapes"]
        self.inputs = {operation: facts.get("input") for operation, facts in table["operations"].items()}
        self.described = [operation for operation, shape in self.inputs.items() if shape]
        self.members = sorted({member for shape in filter(None, self.inputs.values())
                               for member in self.shapes[shape].get("members", ())}) + ["unknown"]


ECR, IAM, STS = Api("ecr"), Api("iam", "2010-05-08"), Api("sts", "2011-06-15")


class Grammar:
    """Makes requests. One for each thread; the same seed makes the same ones."""

    def __init__(self, seed, key, secret, token, host):
        self.random = random.Random(seed)
        self.key, self.secret, self.token, self.host = key, secret, token, host

    def request(self):
        """The bytes of one request, whether its answer has no body to read, and whether it is as the grammar made it."""
        kind = self.random.random()
        call = self.json_call if kind < 0.35 else self.query_call if kind < 0.55 else self.registry_call
        method, target, headers, body = call()
        made = self.assemble(method, target, headers, body)
        sent = self.spoil(made)
        return sent, method == "HEAD", sent == made

    def pick(self, values):
        return self.random.choice(values)

    def chance(self, of):
        return self.random.random() < of

    # --- /v2

    def registry_call(self):
        name, tag, digest = self.pick(NAMES), self.pick(TAGS), self.pick(DIGESTS)
        path = self.pick((
            "/v2/", "/v2", "/v2/_catalog", "/healthz", "/", f"/v2/{name}/tags/list", f"/v2/{name}/manifests/{tag}",
            f"/v2/{name}/manifests/{digest}", f"/v2/{name}/blobs/{digest}", f"/v2/{name}/blobs/uploads/",
            f"/v2/{name}/blobs/uploads/{self.random.getrandbits(128):032x}", f"/v2/{name}/referrers/{digest}",
            f"/v2/{name}/blobs/uploads/00000000-0000-7000-8000-000000000000", f"/v2/{name}/_layers/{digest}",
            "/v2/../../etc/passwd", "/v2/%2e%2e/%2e%2e/etc/passwd", "/" + "a" * self.random.randrange(20_000),
        ))
        headers = {"Accept": self.pick(TYPES), "Content-Type": self.pick(TYPES)}
        if self.chance(0.3):
            headers["Range"] = headers["Content-Range"] = self.pick(RANGES)
        if self.chance(0.8):
            headers["Authorization"] = self.authorization()
        return self.pick(METHODS[:6] if self.chance(0.9) else METHODS), path + self.query(digest), headers, self.body()

    def authorization(self):
        if self.chance(0.8):
            return "Basic " + self.token
        return self.pick(("Basic " + self.token[:-5], "Basic", "Basic !", "Bearer x", "Basic " + "QQ" * 5000, "Negotiate",
                          "Basic " + base64.b64encode(b"AWS:" + self.random.randbytes(60)).decode()))

    def query(self, digest):
        if self.chance(0.5):
            return ""
        number = self.pick(NUMBERS)
        return "?" + "&".join(self.pick((
            f"n={number}", f"last={self.pick(TAGS)}", f"digest={digest}", f"mount={digest}", f"from={self.pick(NAMES)}",
            f"tag={self.pick(TAGS)}", "artifactType=a/b", "%", "=", "&&", "_state=" + "a" * 300, f"ns={number}",
        )) for _ in range(self.random.choice((1, 2, 3, 300)))).replace("\u00e9", "%C3%A9")

    def body(self):
        if self.chance(0.4):
            return b""
        return self.pick((
            self.random.randbytes(self.random.randrange(300)), b"{}", b"[" * 2000, b'{"schemaVersion":2}', b" " * 70_000,
            json.dumps({"schemaVersion": 2, "mediaType": self.pick(TYPES), "layers": [], "config": {
                "mediaType": self.pick(TYPES), "digest": self.pick(DIGESTS), "size": self.number()}}).encode(),
            json.dumps({"schemaVersion": self.number(), "manifests": [{"digest": self.pick(DIGESTS)}]}).encode(),
        ))

    def number(self):
        return self.pick((0, 1, 2, -1, 1 << 63, 1.5, 1e308, "1", None, True))

    # --- AWS's APIs

    def operation(self, api):
        return self.pick(api.described if self.chance(0.9) else [*api.inputs, "Nothing"])

    def input(self, api, operation):
        """Mostly members that the operation has, of the kind that it wants; sometimes any."""
        shape = api.inputs.get(operation)
        members = self.structure(api, shape, 0) if shape else {}
        if self.chance(0.2):
            members[self.pick(api.members)] = self.value(api)
        return members

    def shaped(self, api, name, depth):
        shape = api.shapes[name]
        kind = shape["type"]
        if depth > 5 or self.chance(0.1):
            return self.value(api)
        if kind == "structure":
            return self.structure(api, name, depth + 1)
        if kind == "list":
            return [self.shaped(api, shape["member"], depth + 1) for _ in range(self.random.randrange(4))]
        if kind == "map":
            return {self.pick(WORDS): self.shaped(api, shape["value"], depth + 1) for _ in range(self.random.randrange(3))}
        if "enum" in shape:
            return self.pick(shape["enum"])
        if kind == "boolean":
            return self.chance(0.5)
        if kind in ("integer", "long", "double", "timestamp"):
            return self.number()
        kinds = [values for word, values in KINDS.items() if word in name.lower()]
        return self.pick(kinds[0]) if kinds and self.chance(0.8) else self.text()

    def structure(self, api, name, depth):
        shape = api.shapes[name]
        wanted = shape.get("required", ())
        return {member: self.shaped(api, of, depth) for member, of in shape.get("members", {}).items()
                if self.chance(0.95 if member in wanted else 0.3)}

    def value(self, api, depth=0):
        if depth < 3 and self.chance(0.3):
            return [self.value(api, depth + 1) for _ in range(self.random.randrange(4))]
        if depth < 3 and self.chance(0.3):
            return {self.pick(api.members): self.value(api, depth + 1) for _ in range(self.random.randrange(4))}
        return self.number() if self.chance(0.3) else self.text()

    def text(self):
        return self.pick(self.pick(ALL))

    def json_call(self):
        operation = self.operation(ECR)
        body = json.dumps(self.input(ECR, operation)).encode()
        if self.chance(0.1):
            body = self.spoil(body)
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": (ECR.target if self.chance(0.95) else "Other") + "." + operation,
        }
        self.prove(headers, body, ECR)
        return "POST", "/", headers, body

    def query_call(self):
        """IAM's and STS's protocol: a form in the body, in the query or, cut in two, in both."""
        api = IAM if self.chance(0.9) else STS
        operation = self.operation(api)
        members = dict(self.flat("", self.input(api, operation)))
        form = {"Action": operation, "Version": api.version if self.chance(0.95) else self.text(), **members}
        if self.chance(0.1):
            form.pop(self.pick(list(form)))
        pairs = sorted((quoted(name), quoted(value)) for name, value in form.items())
        cut = self.pick((0, 0, 0, len(pairs), self.random.randrange(len(pairs) + 1)))
        query, body = ("&".join(map("=".join, part)) for part in (pairs[:cut], pairs[cut:]))
        body = body.encode()
        if self.chance(0.1):
            body = self.spoil(body)
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "Accept": self.pick(TYPES)}
        method = "POST" if body or self.chance(0.5) else "GET"
        self.prove(headers, body, api, method, query)
        return method, "/?" + query if query else "/", headers, body

    def flat(self, name, value):
        """`Tags.member.1.Key` and so on."""
        if isinstance(value, (dict, list)):
            parts = value.items() if isinstance(value, dict) else (
                (f"member.{number}", each) for number, each in enumerate(value, 1 if self.chance(0.95) else 0))
            for part, below in parts:
                yield from self.flat(f"{name}.{part}" if name else part, below)
        else:
            yield name, json.dumps(value) if isinstance(value, bool) else str(value)

    def prove(self, headers, body, api, method="POST", query=""):
        if self.chance(0.8):
            self.sign(headers, body, api.name, method, query)
        if self.chance(0.05):
            headers["Authorization"] = self.pick(("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=//, x", "AWS4" + "x" * 9000))

    def sign(self, headers, body, service="ecr", method="POST", query=""):
        moment = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers["X-Amz-Date"] = moment
        signed = {"host": self.host, "x-amz-date": moment}
        if "X-Amz-Target" in headers:
            signed["x-amz-target"] = headers["X-Amz-Target"]
        names = ";".join(signed)
        lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
        canonical = f"{method}\n/\n{query}\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        scope = f"{moment[:8]}/us-east-1/{service}/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = ("AWS4" + self.secret).encode()
        for part in (*scope.split("/"), text):
            key = hmac.digest(key, part.encode(), "sha256")
        headers["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.key}/{scope}, SignedHeaders={names}, Signature={key.hex()}"
        )

    # --- HTTP

    def assemble(self, method, target, headers, body):
        version = self.pick(("HTTP/1.1",) * 30 + ("HTTP/1.0", "HTTP/2.0", "HTTP/1.2", "HTTP/1.1 ", "http/1.1", ""))
        lines = [f"{method} {target} {version}", f"Host: {self.host}"]
        lines += [f"{name}: {value}" for name, value in headers.items() if value or self.chance(0.5)]
        framing = self.random.random()
        if framing < 0.1:
            lines.append("Transfer-Encoding: " + ("chunked" if self.chance(0.9) else self.pick(("gzip", "chunked, chunked"))))
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        if framing > 0.08:
            lines.append(f"Content-Length: {len(body)}")
        if self.chance(0.05):
            lines.append(self.pick(("Expect: 100-continue", "Expect: x", "Connection: close", "Upgrade: h2c", "X: " + "a" * 40_000,
                                    f"Content-Length: {self.pick(NUMBERS)}", "Host: other", " folded", "X-Forwarded-For: ::1")))
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogatepass") + body

    def spoil(self, data):
        """Most requests stay as they are; others lose, gain or change some bytes."""
        if self.chance(0.75) or not data:
            return data
        at = self.random.randrange(len(data))
        return self.pick((
            lambda: data[:at], lambda: data[:at] + data[at + 1:], lambda: data[:at] + b"\0" + data[at:],
            lambda: data[:at] + self.random.randbytes(1) + data[at + 1:], lambda: data[:at] + b"\r\n" + data[at:],
            lambda: data[:at] + data[at // 2:], lambda: self.random.randbytes(at % 200) + data, lambda: data + data,
        ))()


class RawClient:
    """Keeps its connection for as long as the server does, and reads whatever it answers."""

    def __init__(self, host, port, timeout=30):
        self.address, self.timeout = (host, port), timeout
        self.connection = None

    def exchange(self, data, headless, kept):
        """The statuses of what came back; empty if the server closed without a word. Where bytes were spoilt, nobody
        knows how many requests they are: all answers are read, and the connection ends."""
        if self.connection is None:
            self.connection = socket.create_connection(self.address, timeout=self.timeout)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.connection.sendall(data)
            return self.answer(headless) if kept else self.all_answers()
        except OSError as failure:
            self.close()
            if isinstance(failure, TimeoutError):
                return [-1]
            return []

    def answer(self, headless):
        buffer = bytearray()
        while b"\r\n\r\n" not in buffer:
            # what was made may be a request that is not whole: nobody answers that, and nobody must
            self.connection.settimeout(0.1 if not buffer else self.timeout)
            try:
                more = self.connection.recv(65536)
            except TimeoutError:
                if buffer:
                    raise
                self.connection.shutdown(socket.SHUT_WR)
                self.connection.settimeout(self.timeout)
                more = self.connection.recv(65536)
            if not more:
                self.close()
                return statuses(buffer)
            buffer += more
        head = bytes(buffer[: buffer.index(b"\r\n\r\n")]).lower()
        length = int(head.split(b"content-length: ", 1)[1].split(b"\r\n")[0]) if b"content-length: " in head else 0
        wanted = len(head) + 4 + (0 if headless else length)
        while len(buffer) < wanted:
            more = self.connection.recv(65536)
            if not more:
                break
            buffer += more
        if b"connection: close" in head or len(buffer) != wanted or b" 100 " in head[:13]:
            self.close()  # more than one answer, or the last one: the next request starts afresh
        return statuses(buffer)

    def all_answers(self):
        buffer = bytearray()
        while True:
            self.connection.settimeout(0.02)
            try:
                more = self.connection.recv(65536)
            except TimeoutError:
                self.connection.shutdown(socket.SHUT_WR)
                self.connection.settimeout(self.timeout)
                more = self.connection.recv(65536)
            if not more:
                self.close()
                return statuses(buffer)
            buffer += more

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def quoted(text):
    """As it is signed."""
    return urllib.parse.quote(text, safe="-_.~")


def statuses(answer):
    """Of each head in the bytes."""
    found = []
    for part in bytes(answer).split(b"HTTP/1.")[1:]:
        if part[1:2] == b" " and part[2:5].isdigit():
            found.append(int(part[2:5]))
    return found
