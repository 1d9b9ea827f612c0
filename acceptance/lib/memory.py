"""What a JVM holds: asked of itself, after it has collected."""

import pathlib
import re
import subprocess


def memory(process):
    """Heap in use after a collection and the resident set, in MiB."""
    subprocess.run(["jcmd", str(process.pid), "GC.run"], check=True, stdout=subprocess.DEVNULL)
    info = subprocess.run(["jcmd", str(process.pid), "GC.heap_info"], check=True, capture_output=True, text=True).stdout
    generations = [line for line in info.splitlines() if "total" in line and "space" not in line.lower()]
    used = sum(int(kilobytes) for line in generations for kilobytes in re.findall(r"used (\d+)K", line))
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return used // 1024, int(status.split("VmRSS:", 1)[1].split()[0]) // 1024
