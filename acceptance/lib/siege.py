"""A server under attack beside its honest clients: starts the attackers, and sees what the server holds afterwards."""

import json
import os
import pathlib
import subprocess
import sys
import threading
import time

from honest import Honest
from memory import memory
from server import Server
from victims import prepare

HEAP = "-Xmx256m"
SLACK_MIB = 16
RECOVERY_SECONDS = 60
MOST_ONSET = 25  # seconds until all attackers have sent what they send first


class Attackers:
    """The process that attacks. `begun` is set when the first requests of all are sent."""

    def __init__(self, server, groups):
        attacks = pathlib.Path(__file__).with_name("attacks.py")
        command = ["nice", "-n", "19", sys.executable, attacks, server.url, server.data / "credentials", *groups]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.begun, self.said = threading.Event(), ""
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self):
        self.process.stdout.readline()
        self.begun.set()
        self.said = self.process.stdout.read()

    def end(self):
        """What came of each attack's turns."""
        self.process.stdin.close()
        self.listener.join(180)
        self.process.kill()
        self.process.wait()
        return json.loads(self.said)


def title(groups):
    return groups[0] if len(groups) == 1 else "all"


def unnamed_bytes(process):
    """Bytes of files that are open and have no name: spooled bodies."""
    total = 0
    for handle in pathlib.Path(f"/proc/{process.pid}/fd").iterdir():
        try:
            total += handle.stat().st_size if os.readlink(handle).endswith("(deleted)") else 0
        except OSError:
            continue
    return total


class Siege:
    """One server and its honest clients; a server that an attack has ended is told of and started again."""

    def __init__(self, data, report):
        self.data, self.report, self.server = data, report, None
        self.start()
        prepare(self.server.registry())
        self.honest = Honest(self.server.registry())

    def start(self):
        self.server = Server(self.data, java_options=HEAP)

    def settle(self, seconds):
        self.honest.run(seconds)
        self.heap = memory(self.server.process)[0]

    def attack(self, groups, seconds):
        """The honest clients' tally, their seconds from when all attackers are there. Tells how the server stood it."""
        name = title(groups)
        attackers = Attackers(self.server, groups)
        onset = self.honest.run(MOST_ONSET, attackers.begun)
        tally = self.honest.run(seconds)
        tally.failures, tally.later = onset.failures + tally.failures, onset.later + tally.later
        spooled = unnamed_bytes(self.server.process) if self.server.running() else 0
        for attack, turns in attackers.end().items():
            ended = ", ".join(f"{count} {how}" for how, count in turns.items() if how != "clients")
            print(f"  {attack}, {turns['clients']} clients: {ended or 'none was ended'}")
        print(f"  spooled at the end: {spooled / 1e6:.0f} MB")
        self.report.expect(f"{name}: no honest client failed, {tally.later} were told to come again", not tally.failures,
                           f"{len(tally.failures)} failed, such as {tally.failures[:1]}")
        words, alive = self.server.last_words(), self.alive()
        self.report.expect(f"{name}: it is the process that was started", alive, words[-300:])
        if alive:
            self.recover(name)
        return tally

    def alive(self):
        """Whether it runs and answers; one that does not is replaced."""
        try:
            assert self.server.running()
            registry = self.server.registry(timeout=20, patience=0)
            return registry.call("GET", "/v2/").status == 200
        except Exception:  # whatever it is, it does not answer
            self.server.kill()
            self.start()
            self.honest.registry = self.server.registry()
            return False

    def recover(self, name):
        self.honest.run(2)  # while what was cut is cleared away; counts for nothing
        started = time.monotonic()
        while True:
            heap, resident = memory(self.server.process)
            seconds = time.monotonic() - started
            if heap <= self.heap + SLACK_MIB or seconds > RECOVERY_SECONDS:
                break
            time.sleep(2)
        self.report.expect(f"{name}: heap {self.heap} MiB before, {heap} MiB {seconds:.0f} s after; resident {resident} MiB",
                           heap <= self.heap + SLACK_MIB, "it did not come back")
