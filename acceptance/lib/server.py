"""Starts and ends a registry of this checkout: its own process group, so that all of it ends."""

import os
import pathlib
import queue
import signal
import subprocess
import sys
import tempfile
import threading

from registry import Registry

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY = "listening on "

# What is asked here is on this machine, whatever proxy the environment has for other places.
os.environ["no_proxy"] = os.environ["NO_PROXY"] = ",".join(
    filter(None, [os.environ.get("no_proxy", os.environ.get("NO_PROXY")), "localhost", "127.0.0.1", "::1"]))

# A script that is told to end leaves no server behind: SystemExit passes through every `with`.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


class Server:
    def __init__(self, data, *flags, port=0, java_options="", start_within=120):
        self.data = pathlib.Path(data)
        self.log = tempfile.TemporaryFile()
        environment = {"ENTREPOT_DRAIN": "0", **os.environ}
        if java_options:
            environment["JAVA_TOOL_OPTIONS"] = java_options
        self.process = subprocess.Popen(
            [ROOT / "entrepot", "serve", "--data", self.data, "--port", str(port), *flags],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log,
            text=True, env=environment, start_new_session=True,
        )
        try:
            self.url = self.wait_until_ready(start_within)
        except BaseException:
            self.kill()
            raise

    def wait_until_ready(self, seconds):
        lines = queue.Queue()
        threading.Thread(target=self.drain, args=(lines,), daemon=True).start()
        try:
            return lines.get(timeout=seconds)
        except queue.Empty:
            raise SystemExit(f"The server did not start within {seconds} s; its log: {self.last_words()}") from None

    def drain(self, lines):
        for line in self.process.stdout:
            if READY in line:
                lines.put(line.split(READY, 1)[1].strip())

    def registry(self, **options):
        return Registry(self.url, self.data / "credentials", **options)

    def running(self):
        return self.process.poll() is None

    def kill(self):
        self.signal(signal.SIGKILL)

    def stop(self):
        """SIGTERM, and the number of the exit; one that does not end in 60 s is killed."""
        try:
            self.signal(signal.SIGTERM, timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()
        return self.process.returncode

    def signal(self, number, timeout=30):
        if self.running():
            os.killpg(self.process.pid, number)
            self.process.wait(timeout)

    def peak_memory(self):
        """The most that the group's processes ever had resident, in MiB."""
        peaks = [0]
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            try:
                if os.getpgid(int(status.parent.name)) == self.process.pid:
                    fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
                    peaks.append(int(fields.get("VmHWM", "0 kB").split()[0]) // 1024)
            except OSError:
                continue
        return max(peaks)

    def last_words(self):
        """The end of what the server wrote to stderr."""
        size = os.fstat(self.log.fileno()).st_size
        return os.pread(self.log.fileno(), 2000, max(0, size - 2000)).decode(errors="replace")

    def errors(self):
        """What it wrote of its own faults, with the head of each trace."""
        text = os.pread(self.log.fileno(), os.fstat(self.log.fileno()).st_size, 0).decode(errors="replace").splitlines()
        at = [number for number, line in enumerate(text) if " ERROR " in line]
        return "\n".join("\n".join(text[number : number + 12]) for number in at[:10])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def built():
    """Builds the checkout if need be, so that no test pays for it."""
    subprocess.run([ROOT / "entrepot", "--help"], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def check(data):
    """Runs `entrepot check`; returns what it says where it is not clean."""
    done = subprocess.run(
        [ROOT / "entrepot", "check", "--data", data], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    return "" if done.returncode == 0 else f"check ended with {done.returncode}: {done.stdout}{done.stderr}"
