"""A registry for tests by pytest. Copy this file; it wants `entrepot` in the path, or ENTREPOT_COMMAND."""

import os
import secrets
import shlex
import subprocess

import boto3
import pytest

SEED = None  # or the path of a file for --seed


class Entrepot:
    """A server in a process of its own, of which nothing is left at its end."""

    def __init__(self, seed=None):
        command = shlex.split(os.environ.get("ENTREPOT_COMMAND", "entrepot"))
        self.key = {
            "aws_access_key_id": "AKIA" + secrets.token_hex(8).upper(),
            "aws_secret_access_key": secrets.token_hex(20),
        }
        environment = {**os.environ, **{name.upper(): value for name, value in self.key.items()}}
        environment.pop("AWS_SESSION_TOKEN", None)
        environment.pop("ENTREPOT_COMMAND", None)  # the server would take it for a key of its configuration
        self.process = subprocess.Popen(
            [*command, "serve", "--ephemeral", "--root-key-from-env", *(["--seed", seed] if seed else [])],
            env=environment, stdout=subprocess.PIPE, text=True,
        )
        for line in self.process.stdout:
            if line.startswith("listening on "):
                self.endpoint = line.split()[-1]
                self.host = self.endpoint.split("//")[1]
                return
        raise RuntimeError(f"entrepot did not start: status {self.process.wait()}")

    def client(self, service="ecr"):
        return boto3.client(service, endpoint_url=self.endpoint, region_name="us-east-1", **self.key)

    def close(self):
        self.process.terminate()
        self.process.wait(60)


@pytest.fixture(scope="session")
def entrepot():
    server = Entrepot(SEED)
    yield server
    server.close()


@pytest.fixture
def ecr(entrepot):
    return entrepot.client()
