"""What each client was seen to do: read from the lines of `acceptance/run`, kept in acceptance/target/clients.json.

A step's kind is the first word of its name, or what a name of the API stands for. A step that a client must be refused
is of no kind: it says nothing of what works.
"""

import json
import pathlib
import sys

FILE = pathlib.Path(__file__).resolve().parents[1] / "target" / "clients.json"
OUTCOMES = {"PASS": "passed", "FAIL": "failed", "NOT": "not run"}
KINDS = ("login", "push", "pull", "list", "copy", "delete", "build", "attach", "discover", "sign", "attest", "verify",
         "apply", "plan", "change", "import", "destroy")
OPERATIONS = {
    "get login password": "login", "a login": "login", "put image": "push", "layers by parts": "push",
    "batch get image": "pull", "get download url for layer": "pull", "list images": "list", "describe images": "list",
    "batch delete image": "delete", "delete repository": "delete",
}  # fmt: skip


def kind_of(name):
    words = name.replace("-", " ").replace(":", " ").split()
    if words[:1] and words[0] in KINDS:
        return words[0]
    spoken = " ".join(words) + " "
    return next((kind for operation, kind in OPERATIONS.items() if spoken.startswith(operation + " ")), None)


def read(lines):
    """client -> {"version", and the kinds of steps that "passed", "failed" and did "not run"}."""
    clients, current = {}, None
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word == "#":
            current = None  # another script begins
        elif word == "CLIENT":
            name, _, version = rest.partition(": ")
            current = clients.setdefault(name, {"version": version, **{outcome: [] for outcome in OUTCOMES.values()}})
        elif current and word in OUTCOMES:
            outcome = current[OUTCOMES[word]]
            kind = kind_of(named(rest.removeprefix("RUN ")))
            if kind and kind not in outcome:
                outcome.append(kind)
    return clients


def named(rest):
    """Without what goes before a step's name: the script's, or `java: ` and the class."""
    parts = rest.split(": ")
    return ": ".join(parts[2 if parts[0] == "java" else 1 :])


def load(file=FILE):
    return json.loads(file.read_text()) if file.exists() else {}


def record(transport, lines):
    """Adds a run over `http` or `https` to the file; a client's earlier result over the same is replaced."""
    kept = load()
    for name, seen in read(lines).items():
        kept.setdefault(name, {})[transport] = seen
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    record(sys.argv[1], sys.stdin)
