#!/usr/bin/env python3
"""mavenrun.py TESTS [-Dname=value...]: tests of the registry by Maven; what COMPILED says is compiled is not again, which
takes two minutes, since generated sources are new each time."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def maven_tests(tests, *properties):
    compiled = os.environ.get("COMPILED")
    if compiled and not (ROOT / "registry" / "target" / "test-classes" / "entrepot").is_dir():
        raise SystemExit("FAIL COMPILED is set, and no tests are compiled")  # with none to run Surefire is content
    goal = ["surefire:test"] if compiled else ["test", "-Dspotless.check.skip", "-Dcheckstyle.skip"]
    subprocess.run(
        ["mvn", "-q", "-B", "--no-transfer-progress", "-pl", "registry", *goal, f"-Dtest={tests}", *properties],
        cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        maven_tests(*sys.argv[1:])
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)
