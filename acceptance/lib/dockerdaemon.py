"""A Docker daemon of the test's own: no bridge, no iptables, everything in a folder that ends with it. Wants root."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time

READY_WITHIN = 60


class DockerDaemon:
    """`host` is what DOCKER_HOST must say. RuntimeError where it does not run here."""

    def __init__(self):
        if os.geteuid() or not shutil.which("dockerd") or not shutil.which("docker"):
            raise RuntimeError("dockerd is not installed, or this is not root")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="d", dir="/tmp"))  # names of sockets are limited
        self.host = f"unix://{self.folder}/socket"
        (self.folder / "daemon.json").write_text("{}")
        places = {"config-file": "daemon.json", "data-root": "data", "exec-root": "exec", "pidfile": "pid"}
        command = ["dockerd", "--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-masq=false",
                   "--storage-driver=vfs", "-H", self.host, *(f"--{flag}={self.folder / name}" for flag, name in places.items())]
        self.log = (self.folder / "log").open("w+")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.wait_until_ready()

    def wait_until_ready(self):
        ends = time.monotonic() + READY_WITHIN
        asked = ["docker", "-H", self.host, "version"]
        while subprocess.run(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            if self.process.poll() is not None or time.monotonic() > ends:
                last = (self.folder / "log").read_text().splitlines()[-1:]
                self.close()
                raise RuntimeError(f"dockerd does not run here: {last}"[:300])
            time.sleep(0.5)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        for line in pathlib.Path("/proc/mounts").read_text().splitlines():
            if line.split()[1].startswith(f"{self.folder}/"):
                subprocess.run(["umount", "-l", line.split()[1]], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
