"""Prints a line for each test in a folder of Surefire's reports."""

import pathlib
import sys
import xml.etree.ElementTree

for report in sorted(pathlib.Path(sys.argv[1]).glob("TEST-*.xml")):
    for case in xml.etree.ElementTree.parse(report).iter("testcase"):
        name = f"java: {case.get('classname').rpartition('.')[2]}: {case.get('name').replace('_', ' ')}"
        broken = [outcome for outcome in case if outcome.tag in ("failure", "error")]
        if broken:
            text = " ".join((broken[0].get("message") or broken[0].text or "").split())
            print(f"FAIL {name}: {text[:400]}")
        elif case.find("skipped") is not None:
            print(f"NOT RUN {name}: skipped")
        else:
            print(f"PASS {name}")
