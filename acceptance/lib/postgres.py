"""PostgreSQL of this machine, or Debian's, for as long as a test needs it; a standby of it, and pgbouncer before it."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from ports import free_port

USER = "entrepot"


def programs():
    """The folder with all of them, or None: where PATH has them, else the newest of Debian's packages."""
    packaged = pathlib.Path("/usr/lib/postgresql").glob("*/bin")
    folders = [pathlib.Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    folders += sorted(packaged, key=lambda path: int(path.parts[-2]), reverse=True)
    needed = ("initdb", "postgres", "psql", "pg_isready", "pg_basebackup")
    return next((folder for folder in folders if all((folder / name).exists() for name in needed)), None)


def missing():
    """What of it is not installed."""
    return [] if programs() else ["PostgreSQL"]


def pgbouncer():
    return shutil.which("pgbouncer", path=os.environ["PATH"] + os.pathsep + "/usr/sbin")


def as_owner(*command):
    """PostgreSQL and pgbouncer refuse to run as root."""
    other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    return [*other, *map(str, command)]


@contextlib.contextmanager
def folder():
    """Short, since sockets lie in it."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        if os.getuid() == 0:
            shutil.chown(name, "postgres", "postgres")
        yield pathlib.Path(name)


class Postgres:
    """One server. What its client was told of a commit is on the disk, and, where it has a standby, on that one's."""

    def __init__(self, home, primary=None):
        self.home, self.port, self.bin = pathlib.Path(home), free_port(), programs()
        self.process = None
        if primary:
            self.run("pg_basebackup", "-D", self.home / "data", "-R", "-X", "stream", "-d",
                     f"host=127.0.0.1 port={primary.port} user={USER} application_name=standby")
        else:
            self.run("initdb", "-D", self.home / "data", "-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def run(self, program, *arguments):
        subprocess.run(as_owner(self.bin / program, *arguments), check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self):
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.home,
                    "max_connections": 200}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.command = as_owner(self.bin / "postgres", "-D", self.home / "data", *flags)
        self.launch()
        self.wait()

    def launch(self):
        with open(self.home / "log", "ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, cwd="/")

    def wait(self):
        """It refuses to start while processes of one that was killed are still at their end: so it is started again."""
        for _ in range(600):
            if self.process.poll() is not None:
                self.launch()
            if subprocess.run([self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit(f"PostgreSQL did not start: {(self.home / 'log').read_text()[-2000:]}")

    def sql(self, statement, database="postgres"):
        done = subprocess.run(
            [self.bin / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-d", database, "-XAtqc", statement],
            check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def database(self, name):
        """The address of a new one."""
        self.sql(f"create database {name}")
        return f"jdbc:postgresql://127.0.0.1:{self.port}/{name}"

    def promote(self):
        self.sql("select pg_promote(wait => true)")

    def kill(self):
        """As when its machine goes: the server's processes that are left end by themselves."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)


@contextlib.contextmanager
def running():
    """A server in a folder of its own."""
    with folder() as home:
        server = Postgres(home)
        try:
            yield server
        finally:
            server.stop()


class Bouncer:
    """pgbouncer in transaction mode: of one session's transactions each may run on another connection."""

    def __init__(self, home, postgres, connections=8):
        self.port = free_port()
        home = pathlib.Path(home)
        (home / "users").write_text(f'"{USER}" ""\n')
        (home / "ini").write_text(f"""
[databases]
* = host=127.0.0.1 port={postgres.port} user={USER}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
unix_socket_dir =
auth_type = any
auth_file = {home}/users
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 500
server_reset_query_always = 0
ignore_startup_parameters = extra_float_digits
logfile = {home}/pgbouncer.log
""")
        self.process = subprocess.Popen(as_owner(pgbouncer(), "-q", home / "ini"), cwd="/")
        self.wait_until_it_listens()

    def wait_until_it_listens(self):
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
