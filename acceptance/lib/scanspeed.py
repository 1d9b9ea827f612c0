"""What scans of every image cost those who push: two servers beside each other, one of which scans, in turns."""
import os
import statistics
import time

import packages
import scanners
from registry import Image, digest_of
from server import Server

GOAL = 1.5
ROUNDS = 10
WARM = 50


def compare(engine, folder, pushes, expect):
    """Ratios by medians of the same number of pushes, one after the other, of images unlike any other."""
    database, file = folder / "database", folder / "speed.yaml"
    scanners.replace(engine, database, scanners.ADVISORIES)
    command = scanners.PROGRAMS / engine.name
    file.write_text(f"scanner: {{type: {engine.name}, command: {command}, database: {database}}}\n")
    with Server(folder / "with", "--config", file) as scanning, Server(folder / "without") as plain:
        servers = {"with": scanning, "without": plain}
        times = {name: [] for name in servers}
        for server in servers.values():
            server.registry().ecr.create_repository(
                repositoryName="app", imageScanningConfiguration={"scanOnPush": True})
            push(server, WARM)
        before = {name: resident(server) for name, server in servers.items()}
        for _ in range(ROUNDS):
            for name, server in servers.items():
                times[name] += push(server, max(1, pushes // ROUNDS))
        after = {name: resident(server) for name, server in servers.items()}
        made = scanned(scanning)
    for name, all_times in times.items():
        print(f"pushes {name} scans: median {statistics.median(all_times):.1f} ms, p99 {p99(all_times):.1f} ms;"
              f" resident {before[name]} MiB before, {after[name]} MiB after", flush=True)
    ratio = p99(times["with"]) / p99(times["without"])
    print(f"p99 with scans over without, of {len(times['with'])} pushes each: {ratio:.2f}x (goal: {GOAL}x),"
          f" median {statistics.median(times['with']) / statistics.median(times['without']):.2f}x")
    print(f"resident memory with over without: {after['with'] / after['without']:.2f}x")
    expect.same("scans were made meanwhile", made > 0, True)
    return ratio


def p99(times):
    return sorted(times)[int(len(times) * 0.99)]


def push(server, number):
    """How long each takes in milliseconds."""
    registry, times = server.registry(), []
    for _ in range(number):
        manifest, config, layers = packages.image(packages.debian(), os.urandom(8).hex())
        image = Image(manifest, {digest_of(blob): blob for blob in (config, *layers)})
        begun = time.monotonic()
        registry.push("app", "latest", image)
        times.append((time.monotonic() - begun) * 1000)
    return times


def resident(server):
    """Of the server's process itself, in MiB: of its group the one that has most, and no scanner does."""
    sizes = [0]
    for status in os.scandir("/proc"):
        try:
            if status.name.isdigit() and os.getpgid(int(status.name)) == server.process.pid:
                with open(f"/proc/{status.name}/status") as file:
                    fields = dict(line.split(":", 1) for line in file.read().splitlines())
                if fields["Name"].strip() in ("java", "entrepot"):
                    sizes.append(int(fields.get("VmRSS", "0 kB").split()[0]) // 1024)
        except OSError:
            continue
    return max(sizes)


def scanned(server):
    """Images whose scan has come to an end, of the first thousand."""
    pages = server.registry().ecr.get_paginator("describe_images").paginate(repositoryName="app")
    return sum(each.get("imageScanStatus", {}).get("status") == "COMPLETE" for page in pages for each in page["imageDetails"])
