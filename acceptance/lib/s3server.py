"""A server that speaks as S3 does and was not written here, for as long as a test needs it: versitygw, or MinIO."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import boto3
from botocore.config import Config
from ports import free_port

REGION = "us-east-1"
KEY_ID, SECRET = "s3-access-key", "s3-secret-key"
BUCKET = "entrepot"


def program(name):
    """Where it is, or None: `acceptance/go-clients versitygw minio` builds them."""
    folder = os.environ.get("GO_CLIENTS") or pathlib.Path(__file__).resolve().parents[1] / "target" / "go-bin"
    built = pathlib.Path(folder) / name
    return built if built.exists() else shutil.which(name)


class S3Server:
    """It keeps its folder and its port when it is stopped and started again."""

    def __init__(self, name="versitygw"):
        self.name = name

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="entrepot-s3-")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = boto3.client(
            "s3", endpoint_url=self.url, region_name=REGION, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET,
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1},
                          request_checksum_calculation="when_required"),
        )
        self.start()
        self.client.create_bucket(Bucket=BUCKET)
        return self

    def start(self):
        address, folder = f"127.0.0.1:{self.port}", self.folder.name
        arguments = {
            "versitygw": ["-p", address, "-a", KEY_ID, "-s", SECRET, "--quiet", "posix", folder],
            "minio": ["server", "--quiet", "--address", address, folder],
        }[self.name]
        settings = {"MINIO_ROOT_USER": KEY_ID, "MINIO_ROOT_PASSWORD": SECRET, "MINIO_BROWSER": "off"}
        self.process = subprocess.Popen(
            [program(self.name), *arguments], env={**os.environ, **settings}, cwd=folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        self.wait()

    def wait(self):
        for _ in range(300):
            try:
                return self.client.list_buckets()
            except Exception:  # not there yet
                time.sleep(0.1)
        raise SystemExit(f"{self.name} did not start")

    def settings(self, folder, prefix=""):
        """What a registry's environment says of it."""
        secret = pathlib.Path(folder) / "s3.secret"
        secret.write_text(SECRET + "\n")
        return {
            "ENTREPOT_BLOBS_TYPE": "s3",
            "ENTREPOT_BLOBS_BUCKET": BUCKET,
            "ENTREPOT_BLOBS_PREFIX": prefix,
            "ENTREPOT_BLOBS_ENDPOINT": self.url,
            "ENTREPOT_BLOBS_REGION": REGION,
            "ENTREPOT_BLOBS_PATH_STYLE": "true",
            "ENTREPOT_BLOBS_ACCESS_KEY_ID": KEY_ID,
            "ENTREPOT_BLOBS_SECRET_ACCESS_KEY_FILE": str(secret),
        }

    def blobs(self, folder, port=None):
        """The same as a configuration file says it, of the server behind this port."""
        secret = pathlib.Path(folder) / "s3.secret"
        secret.write_text(SECRET + "\n")
        return {"type": "s3", "bucket": BUCKET, "endpoint": f"http://127.0.0.1:{port or self.port}", "region": REGION,
                "path-style": True, "access-key-id": KEY_ID, "secret-access-key-file": str(secret)}

    def objects(self, prefix=""):
        """The names of all objects, and their lengths."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
        return {found["Key"]: found["Size"] for page in pages for found in page.get("Contents", [])}

    def unfinished(self, prefix=""):
        """Uploads of parts that have not ended."""
        found = self.client.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
        return [upload for upload in found if upload["Key"].startswith(prefix)]

    def hang(self, hangs=True):
        """It takes connections and says nothing."""
        self.process.send_signal(signal.SIGSTOP if hangs else signal.SIGCONT)
        if hangs:  # one of its threads hears of it first, and the others answer until that one has had its turn
            os.waitid(os.P_PID, self.process.pid, os.WSTOPPED)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()
