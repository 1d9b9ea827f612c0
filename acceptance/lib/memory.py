"""What a JVM holds: asked of itself, after it has collected."""

import pathlib
import re
import subprocess


def asked(process, command):
    """A busy JVM may not answer within what jcmd waits."""
    for turn in range(5):
        done = subprocess.run(["jcmd", str(process.pid), command], capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout
    raise RuntimeError(f"jcmd {command}: {done.stdout}{done.stderr}")


def memory(process):
    """Heap in use after a collection and the resident set, in MiB."""
    asked(process, "GC.run")
    info = asked(process, "GC.heap_info")
    generations = [line for line in info.splitlines() if "total" in line and "space" not in line.lower()]
    used = sum(int(kilobytes) for line in generations for kilobytes in re.findall(r"used (\d+)K", line))
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return used // 1024, int(status.split("VmRSS:", 1)[1].split()[0]) // 1024
