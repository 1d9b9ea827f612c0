"""How each client pushes an OCI layout to `HOST:PORT/name:tag` over plain HTTP, logged in beforehand."""

import base64
import json
import os
import pathlib
import shutil
import subprocess

GO_CLIENTS = pathlib.Path(__file__).resolve().parents[1] / "target" / "go-bin"


class Pushers:
    """Keeps all that the clients remember in a folder that ends with the test."""

    def __init__(self, folder, hosts, password, docker_host=None):
        self.folder = folder
        login = {"auth": base64.b64encode(f"AWS:{password}".encode()).decode()}
        (folder / "config.json").write_text(json.dumps({"auths": {host: login for host in hosts}}))
        (folder / "registries.conf").write_text("".join(f'[[registry]]\nlocation="{host}"\ninsecure=true\n' for host in hosts))
        (folder / "storage.conf").write_text(f'[storage]\ndriver="vfs"\nrunroot="{folder}/run"\ngraphroot="{folder}/graph"\n')
        self.environment = os.environ | {
            "PATH": f"{os.environ['PATH']}:{os.environ.get('GO_CLIENTS', GO_CLIENTS)}",
            "DOCKER_CONFIG": str(folder), "REGISTRY_AUTH_FILE": str(folder / "config.json"),
            "CONTAINERS_REGISTRIES_CONF": str(folder / "registries.conf"),
            "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf"), "REGCTL_CONFIG": str(folder / "regctl.json"),
            "DOCKER_HOST": docker_host or "", "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1",
        }
        self.clients = [client for client in CLIENTS if shutil.which(client, path=self.environment["PATH"])
                        and (client != "docker" or docker_host)]
        for host in hosts if "regctl" in self.clients else ():
            self.run(["regctl", "registry", "set", host, "--skip-check", "--tls", "disabled"], 60)

    def run(self, command, seconds):
        """The number of the exit and the last words. TimeoutExpired where the client does not end."""
        done = subprocess.run(command, env=self.environment, timeout=seconds, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout[-600:]

    def ready(self, client, layout, config):
        """What is pushed, and the digest of its configuration; podman and docker push from their own stores only."""
        if client == "podman":
            return self.said(["podman", "pull", "-q", f"oci:{layout}:v1"]).split()[-1], config
        if client == "docker":
            return (self.said(["docker", "import", f"{layout}/tar"]).strip(),) * 2
        return layout, config

    def said(self, command):
        ended, said = self.run(command, 120)
        assert ended == 0, said
        return said

    def push(self, client, image, target, seconds):
        if client == "docker":
            self.said(["docker", "tag", image, target])
        return self.run(CLIENTS[client](image, target), seconds)

    def forget(self, client, image):
        if client in ("podman", "docker"):
            self.run([client, "rmi", "-f", image], 60)


CLIENTS = {
    "docker": lambda image, target: ["docker", "push", target],
    "podman": lambda image, target: ["podman", "push", "--tls-verify=false", image, f"docker://{target}"],
    "skopeo": lambda layout, target: ["skopeo", "copy", "--preserve-digests", "--dest-tls-verify=false", f"oci:{layout}:v1",
                                      f"docker://{target}"],
    "crane": lambda layout, target: ["crane", "push", "--insecure", layout, target],
    "regctl": lambda layout, target: ["regctl", "image", "copy", f"ocidir://{layout}:v1", target],
    "oras": lambda layout, target: ["oras", "cp", "--from-oci-layout", "--to-plain-http", f"{layout}:v1", target],
}
