#!/usr/bin/env python3
"""Makes Markdown tables and SVG plots of a run: page.py results.json folder.

The same file gives the same tables and plots, byte for byte. Without matplotlib there are tables alone."""
import json
import pathlib
import statistics
import sys

try:
    import matplotlib
    matplotlib.use("svg")
    import matplotlib.pyplot as pyplot
except ImportError:
    pyplot = None

PLOTTED = {"PUT": "put", "READ": "read", "PUSH": "push", "PULL": "pull"}
UNITS = {True: ("per s", "CPU-s/1000", 1, 1e3), False: ("MB/s", "CPU-s/GB", 1e6, 1e9)}  # by whether requests are counted
COLOURS = ["#1b6ca8", "#5aa9e6", "#9a9a9a", "#6b6b6b", "#c9a227"]


def median(rounds, figure):
    return statistics.median(figure(r) for r in rounds)


def speed(rounds):
    return median(rounds, lambda r: r["amount"] / r["seconds"])


def cpu(rounds):
    return median(rounds, lambda r: r["cpuSeconds"] / r["amount"])


def spread(rounds, figure):
    """How far the rounds lie apart, as a part of their median."""
    values = [figure([r]) for r in rounds]
    return (max(values) - min(values)) / statistics.median(values) if statistics.median(values) else 0


def head(run):
    machine = run["machine"]
    return (
        "<!-- Made by benchmarks/tables of results.json: change that, or page.py, and not this. -->\n\n"
        "# Results\n\n"
        f"Commit {run['commit'] or 'unknown'}, {run['day']}, on {machine['cores']} cores of {machine['processor']}, "
        f"{machine['memory'] / 2**30:.0f} GiB of memory, {machine['kernel']}, {machine['fileSystem']}, "
        f"JDK {machine['jdk']}. Medians of rounds in which all took turns; the first round does not count.\n\n"
        "- **CPU**: user and system time of the server alone. **x CPU**: how many times less of it Entrepot takes "
        "(more is better).\n"
        "- **x wall**: Entrepot's speed over theirs; clients share the processors with the servers.\n"
        "- **spread**: between the cheapest round and the dearest, of the median, by CPU.\n"
        "- **others**: cores that foreign processes used meanwhile. Above 0.3, doubt what was taken by the clock.\n")


def row(work, name, ours):
    speeds, cpus, unit, per = UNITS[work["ofRequests"]]
    rounds = work["samples"][name]
    if not rounds:
        return f"| {work['label']} | {name} | not run | | | | | |"
    ratios = ["", ""]
    if rounds is not ours and ours and name not in work["parts"]:
        ratios = [f"{speed(ours) / speed(rounds):.2f}", f"{cpu(rounds) / cpu(ours):.2f}" if cpu(ours) else ""]
    return "| " + " | ".join([
        work["label"], name, f"{speed(rounds) / unit:,.0f}", f"{cpu(rounds) * per:.3f}", *ratios,
        f"{100 * spread(rounds, cpu):.0f} %", f"{median(rounds, lambda r: r['others']):.1f}"]) + " |"


def table(works):
    speeds, cpus, _, _ = UNITS[works[0]["ofRequests"]]
    lines = [f"| work | who | {speeds} | {cpus} | x wall | x CPU | spread | others |",
             "|---|---|---:|---:|---:|---:|---:|---:|"]
    for work in works:
        ours = next(iter(work["samples"].values()))
        lines += [row(work, name, ours) for name in work["samples"]]
    return "\n".join(lines) + "\n"


def plot(works, file):
    """A bar of CPU for each contender at each work, as many times Entrepot's."""
    names = list(dict.fromkeys(name for work in works for name in work["samples"] if work["samples"][name]))
    pyplot.rcParams.update({"svg.hashsalt": "entrepot", "font.size": 9, "svg.fonttype": "none"})
    figure, axes = pyplot.subplots(figsize=(7.5, 1 + 0.24 * len(works) * (len(names) + 1)))
    labels, places = [], []
    for i, work in enumerate(works):
        ours = cpu(next(iter(work["samples"].values())))
        for j, name in enumerate(names):
            rounds = work["samples"].get(name)
            if rounds:
                place = -(i * (len(names) + 1) + j)
                times = cpu(rounds) / ours
                axes.barh(place, times, color=COLOURS[j % len(COLOURS)])
                axes.text(times, place, f" {times:.2f}", va="center")
                labels.append(f"{work['label']}: {name}")
                places.append(place)
    axes.set_yticks(places, labels)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel("CPU of the server, as many times Entrepot's")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    file.write_text("\n".join(line.rstrip() for line in file.read_text().splitlines()) + "\n")


def goals(run):
    if not run["goals"]:
        return ""
    lines = ["## Goals\n", "Ratios are Entrepot's figure over theirs.\n", "| goal | ratio | bound | met |", "|---|---:|---:|---|"]
    for goal in run["goals"]:
        bound = ("at least" if goal["least"] else "at most") + f" {goal['bound']:.2f}"
        lines.append(f"| {goal['text']} | {goal['ratio']:.2f} | {bound} | {'yes' if goal['met'] else '**no**'} |")
    return "\n".join(lines) + "\n"


def counted(run):
    if not run["counts"]:
        return ""
    lines = ["## Counted\n", "| what | Entrepot | distribution 3 |", "|---|---:|---:|"]
    for label, count in run["counts"].items():
        theirs = f"{count['theirs']:,.2f}" if "theirs" in count else ""
        lines.append(f"| {label} | {count['ours']:,.2f} | {theirs} |")
    return "\n".join(lines) + "\n"


def main(source, folder):
    run = json.loads(pathlib.Path(source).read_text())
    folder = pathlib.Path(folder)
    tables = {}
    for work in run["works"]:
        tables.setdefault(work["table"], []).append(work)
    parts = [head(run), goals(run)]
    for name, works in tables.items():
        picture = ""
        if name in PLOTTED and pyplot:
            plot(works, folder / f"{PLOTTED[name]}.svg")
            picture = f"![CPU of the servers]({PLOTTED[name]}.svg)\n\n"
        parts.append(f"## {works[0]['title']}\n\n{picture}{table(works)}")
    parts.append(counted(run))
    (folder / "results.md").write_text("\n".join(part for part in parts if part))


if __name__ == "__main__":
    main(*sys.argv[1:])
