"""Nodes of one registry behind nginx that sends each request elsewhere: PostgreSQL, an S3 server or a shared folder for
blobs, and lines between all of them that can be broken."""

import contextlib
import json
import os
import pathlib
import secrets
import shutil
import subprocess
import tempfile
import time
import urllib.request

import postgres
import s3server
from faultline import Faultline
from ports import free_port
from registry import Registry
from server import ROOT, Server

KEY_ID = "AKIACLUSTERCLUSTER00"
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit; worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  access_log off; client_body_temp_path {folder}/n1; proxy_temp_path {folder}/n2; fastcgi_temp_path {folder}/n3;
  uwsgi_temp_path {folder}/n4; scgi_temp_path {folder}/n5;
  upstream nodes {{ {upstreams} keepalive 64; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://nodes;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Port $server_port;
      proxy_request_buffering off;
      proxy_buffering off;
      proxy_read_timeout 60s;
      proxy_next_upstream off;
      client_max_body_size 0;
      add_header X-Node $upstream_addr always;
      error_page 502 504 = @away;
    }}
    location @away {{ add_header Retry-After 1 always; add_header X-Node nginx always; return 503; }}
  }}
}}
"""


def missing():
    """Programs that a cluster needs and that are not installed."""
    return postgres.missing() + [name for name in ("nginx",) if shutil.which(name) is None]


def bucket():
    """Where blobs go on this machine: S3 where a server of it can be had."""
    return "s3" if s3server.program("versitygw") else "disk"


class Node:
    """One of them, with its own folder, its own port and its own lines."""

    def __init__(self, cluster, name):
        self.name, self.folder = name, cluster.folder / name
        self.folder.mkdir(mode=0o700)
        self.port = free_port()
        self.front = self.line(self.port)
        self.database = self.line(cluster.postgres.port)
        self.bucket = self.line(cluster.s3.port) if cluster.s3 else None
        self.lines = [line for line in (self.front, self.database, self.bucket) if line]
        if not cluster.s3:
            (self.folder / "blobs").symlink_to(cluster.folder / "blobs")
        self.config = cluster.configuration(name, self.database.port, self.bucket and self.bucket.port)
        self.java_options, self.server, self.killed = cluster.java_options, None, []

    @staticmethod
    def line(port):
        return Faultline(free_port(), f"127.0.0.1:{port}")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.server = Server(
            self.folder, "--config", self.config, port=self.port, java_options=self.java_options)

    def kill(self):
        self.killed.append(time.monotonic_ns())
        self.server.kill()

    def close(self):
        if self.server:
            self.server.stop()
        for line in self.lines:
            line.close()


class Cluster:
    """Of so many nodes; `blobs` go to a folder ("disk") or to an S3 server ("s3"), by default to that where it can be had."""

    def __init__(self, nodes=3, java_options="-Xmx256m", settings=None, blobs=None):
        self.java_options, self.settings = java_options, settings or {}
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="entrepot-cluster-"))
        self.nodes, self.nginx, self.s3, self.ends = [], None, None, contextlib.ExitStack()
        self.postgres = self.ends.enter_context(postgres.running())
        try:
            if (blobs or bucket()) == "s3":
                self.s3 = self.ends.enter_context(s3server.S3Server())
            self.begin(nodes)
        except BaseException:
            self.close()
            raise

    def begin(self, nodes):
        (self.folder / "blobs").mkdir(mode=0o700)
        self.postgres.database("entrepot")
        subprocess.run([ROOT / "entrepot", "server-key", "--out", self.folder / "server.key"], check=True)
        secret = secrets.token_hex(20)
        self.written("root.secret", secret)
        self.credentials = self.written(
            "credentials", f"[default]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {secret}\nregion = us-east-1\n")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        for number in range(nodes):
            self.nodes.append(Node(self, "node-" + "abcdefgh"[number]))
            self.nodes[-1].start()
        self.start_nginx()
        self.config = self.configuration(
            "checked", self.postgres.port, self.s3 and self.s3.port, data=self.nodes[0].folder)

    def written(self, name, text):
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(text)
        return file

    def configuration(self, name, port, s3_port, data=None):
        """Of a node that reaches the database and the bucket at these ports."""
        return self.written(f"{name}.yaml", json.dumps({  # YAML has JSON in it
            "data": str(data or self.folder / name),
            "metadata": {"type": "postgres", "url": f"jdbc:postgresql://127.0.0.1:{port}/entrepot", "user": postgres.USER},
            **({"blobs": self.s3.blobs(self.folder, s3_port)} if self.s3 else {}),
            "server-key-file": str(self.folder / "server.key"),
            "root-key": {"id": KEY_ID, "secret-file": str(self.folder / "root.secret")},
            "trusted-proxies": ["127.0.0.1"],
            "public-url": self.url,  # what one node tells of addresses is the same as what the others do
            **self.settings,
        }))

    def start_nginx(self):
        upstreams = " ".join(f"server 127.0.0.1:{node.front.port} max_fails=0;" for node in self.nodes)
        configuration = self.folder / "nginx.conf"
        configuration.write_text(NGINX.format(folder=self.folder, port=self.port, upstreams=upstreams))
        log = open(self.folder / "nginx.out", "wb")
        self.nginx = subprocess.Popen(
            ["nginx", "-c", configuration, "-e", self.folder / "nginx.log"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait(self.url, 60)

    def wait(self, url, seconds):
        """Until it answers well."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                with urllib.request.urlopen(url + "/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{url} does not answer: {(self.folder / 'nginx.log').read_text()[-500:]}")

    def registry(self, url=None, **options):
        return Registry(url or self.url, self.credentials, **options)

    def node_of(self, address):
        """Whose front line has this address, as nginx calls it."""
        return next((node for node in self.nodes if address and address.endswith(f":{node.front.port}")), None)

    def stop_nodes(self):
        for node in self.nodes:
            node.server.stop()

    def freed(self):
        """What collection has freed so far."""
        command = [ROOT / "entrepot", "gc", "--status", "--format", "json", "--config", self.config]
        said = subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
        return json.loads(said.strip().splitlines()[-1])["freed"]

    def check(self):
        """What `entrepot check` says where it is not clean."""
        done = subprocess.run(
            [ROOT / "entrepot", "check", "--config", self.config], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return "" if done.returncode == 0 else f"check ended with {done.returncode}: {done.stdout[-1000:]}{done.stderr}"

    def close(self):
        if self.nginx:
            self.nginx.kill()
            self.nginx.wait()
        for node in self.nodes:
            node.close()
        self.ends.close()
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
