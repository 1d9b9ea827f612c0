"""local-kms, a key service that was not written here (github.com/nsmithuk/local-kms), for as long as a test needs it."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import boto3
from ports import free_port

ACCOUNT, REGION = "000000000000", "us-east-1"
KEY_ID, SECRET = "AKIAEXAMPLE", "secret"  # it checks neither


def program():
    """Where it is, or None: `acceptance/go-clients local-kms` builds it."""
    folder = os.environ.get("GO_CLIENTS") or pathlib.Path(__file__).resolve().parents[1] / "target" / "go-bin"
    built = pathlib.Path(folder) / "local-kms"
    return built if built.exists() else shutil.which("local-kms")


class LocalKms:
    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="local-kms-")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        settings = {"PORT": str(port), "KMS_DATA_PATH": self.folder.name, "KMS_ACCOUNT_ID": ACCOUNT, "KMS_REGION": REGION}
        self.process = subprocess.Popen(
            [program()], env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.client = boto3.client(
            "kms", endpoint_url=self.url, region_name=REGION, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET
        )
        self.wait()
        return self

    def wait(self):
        for _ in range(600):
            try:
                return self.client.list_keys()
            except Exception:  # not there yet
                time.sleep(0.1)
        raise SystemExit("local-kms did not start")

    def settings(self, folder, cache="0"):
        """What a registry's environment says of it."""
        secret = pathlib.Path(folder) / "kms.secret"
        secret.write_text(SECRET + "\n")
        return {
            "ENTREPOT_KMS_TYPE": "aws",
            "ENTREPOT_KMS_ENDPOINT": self.url,
            "ENTREPOT_KMS_ACCESS_KEY_ID": KEY_ID,
            "ENTREPOT_KMS_SECRET_ACCESS_KEY_FILE": str(secret),
            "ENTREPOT_KMS_CACHE": cache,
        }

    def stop(self):
        self.process.kill()
        self.process.wait()

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()
