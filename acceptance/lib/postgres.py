"""PostgreSQL for as long as a test needs it: the machine's own, on loopback, in one folder, not as root."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

USER = "entrepot"


def program(name):
    """Where it is, or None."""
    folders = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name) or next((str(folder / name) for folder in folders if (folder / name).exists()), None)


def missing():
    return [name for name in ("initdb", "postgres", "psql") if program(name) is None]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def as_nobody_else(command):
    """Root may not run a server of PostgreSQL."""
    if os.getuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


class Postgres:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a short path, for its socket
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = free_port()
        self.run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C")
        self.process = None
        self.start()

    def run(self, name, *arguments):
        done = subprocess.run(
            as_nobody_else([program(name), *map(str, arguments)]), cwd="/", capture_output=True, text=True
        )
        if done.returncode != 0:
            raise SystemExit(f"{name}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self):
        command = [program("postgres"), "-D", self.folder / "data", "-p", self.port, "-k", self.folder]
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "log_min_messages=fatal"]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                as_nobody_else([*map(str, command), *options]), cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        for _ in range(300):
            if self.is_there():
                return
            time.sleep(0.1)
        raise SystemExit(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-1000:]}")

    def is_there(self):
        done = subprocess.run(
            [program("psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-d", "postgres", "-c", "select 1"],
            capture_output=True,
        )
        return done.returncode == 0

    def kill(self):
        """As a machine that stops: its children end when they see that it is gone."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # its fast way, which waits for nobody
            self.process.wait(30)

    def database(self, name):
        """A new one."""
        self.run("psql", "-h", "127.0.0.1", "-p", self.port, "-U", USER, "-d", "postgres", "-c", f"create database {name}")
        return f"jdbc:postgresql://127.0.0.1:{self.port}/{name}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
