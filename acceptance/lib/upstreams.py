"""Other registries that a test pulls from: distribution 3, or Debian's docker-registry, with and without login and TLS."""

import contextlib
import http.client
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import time
import urllib.parse

from ports import free_port
from registry import MANIFEST_TYPE

TARGET = pathlib.Path(__file__).resolve().parents[1] / "target"
LOGIN = ("puller", "pulls-only")
HASHED = "$2b$05$abcdefghijklmnopqrstuuibBqZVR554wh.AqRR2ym2SaTaSy9dgy"  # of that password, as htpasswd has it


def distribution3():
    """Where it is, or None: `acceptance/go-clients registry3` builds it."""
    folder = os.environ.get("GO_CLIENTS") or TARGET / "go-bin"
    built = pathlib.Path(folder) / "registry3"
    return built if built.exists() else None


def docker_registry():
    """Debian's package, which is distribution 2; None where it is not installed."""
    return shutil.which("docker-registry")


def ask(host, method, path, body=None, headers=None, trusting=None):
    """One request on a connection of its own; over TLS where a file of authorities is given."""
    if trusting:
        connection = http.client.HTTPSConnection(host, timeout=60, context=ssl.create_default_context(cafile=trusting))
    else:
        connection = http.client.HTTPConnection(host, timeout=60)
    with contextlib.closing(connection):
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def done(answer):
    if answer[0] >= 300:
        raise SystemExit(f"{answer[0]}: {answer[2][:300]}")
    return answer


class Upstream:
    """A distribution registry with its files in a folder.

    `certificates` is a folder as acceptance/lib/certificates makes it; with `login` it wants Basic of LOGIN.
    """

    def __init__(self, folder, program=None, certificates=None, login=False):
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.host = f"localhost:{self.port}" if certificates else f"127.0.0.1:{self.port}"
        self.trusting = str(certificates / "ca.pem") if certificates else None
        self.headers = {}
        settings = {
            "version": 0.1,
            "log": {"level": "error", "accesslog": {"disabled": True}},
            "storage": {"filesystem": {"rootdirectory": f"{folder}/registry"}},
            "http": {"addr": f"127.0.0.1:{self.port}", "secret": "of-no-use"},
        }
        if certificates:
            settings["http"]["tls"] = {"certificate": f"{certificates}/server.pem", "key": f"{certificates}/server.key"}
        if login:
            (folder / "htpasswd").write_text(f"{LOGIN[0]}:{HASHED}\n")
            settings["auth"] = {"htpasswd": {"realm": "test", "path": f"{folder}/htpasswd"}}
            self.headers = {"Authorization": "Basic " + basic(*LOGIN)}
        config = folder / "registry.yml"
        config.write_text(json.dumps(settings))
        self.process = subprocess.Popen(
            [program or distribution3(), "serve", config], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={**os.environ, "OTEL_TRACES_EXPORTER": "none"},
        )
        self.wait()

    def wait(self):
        for _ in range(1200):
            with contextlib.suppress(OSError):
                done(self.ask("GET", "/v2/"))
                return
            time.sleep(0.05)
        self.__exit__()
        raise SystemExit("distribution did not start")

    @property
    def url(self):
        return f"{'https' if self.trusting else 'http'}://{self.host}"

    def ask(self, method, path, body=None, headers=None):
        return ask(self.host, method, path, body, {**self.headers, **(headers or {})}, self.trusting)

    def push(self, repository, image, tag):
        for digest, blob in image.blobs.items():
            location = self.ask("POST", f"/v2/{repository}/blobs/uploads/")[1]["location"]
            place = urllib.parse.urlsplit(location)
            path = f"{place.path}?{place.query}&digest={digest}" if place.query else f"{place.path}?digest={digest}"
            done(self.ask("PUT", path, blob))
        done(self.ask("PUT", f"/v2/{repository}/manifests/{tag}", image.manifest, {"Content-Type": MANIFEST_TYPE}))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def basic(user, password):
    import base64

    return base64.b64encode(f"{user}:{password}".encode()).decode()


class NginxCache:
    """nginx that passes on to one registry what it then keeps: how fast a cache that verifies nothing is here."""

    def __init__(self, folder, host):
        folder.mkdir()
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/log crit; worker_processes 1; user root;\n"
            f"events {{ }}\nhttp {{ access_log off; proxy_temp_path {folder}/t; client_body_temp_path {folder}/n1;\n"
            f"fastcgi_temp_path {folder}/n3; uwsgi_temp_path {folder}/n4; scgi_temp_path {folder}/n5;\n"
            f"proxy_cache_path {folder}/kept keys_zone=kept:1m max_size=4g use_temp_path=off;\n"
            f"server {{ listen {self.host}; location / {{ proxy_pass http://{host}; proxy_http_version 1.1;\n"
            f"proxy_cache kept; proxy_cache_valid 200 1h; proxy_buffers 16 64k; proxy_buffer_size 64k;"
            f" proxy_busy_buffers_size 256k; }} }} }}\n"
        )
        self.process = subprocess.Popen(
            ["nginx", "-c", folder / "nginx.conf", "-e", folder / "log"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            with contextlib.suppress(OSError):
                ask(self.host, "GET", "/v2/")
                return
            time.sleep(0.05)
        raise SystemExit("nginx did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
