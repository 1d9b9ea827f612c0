"""Lines of PASS, FAIL and NOT RUN, and the line that counts them."""

import traceback

LONGEST = 600  # characters of a line


def same(found, wanted):
    assert found == wanted, f"{found!r} instead of {wanted!r}"


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, name, holds, why=""):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        print(f"PASS {name}" if holds else f"FAIL {name}: {why}"[:LONGEST], flush=True)

    def step(self, name, action, *arguments):
        """Runs the action; it passes unless it raises. Returns what it returned, None after a failure."""
        try:
            result = action(*arguments)
        except Exception as failure:  # whatever a client may throw is this step's failure
            where = traceback.extract_tb(failure.__traceback__)[-1]
            why = " ".join(str(failure).split())
            self.expect(name, False, f"{type(failure).__name__} {why} ({where.name}:{where.lineno})")
            return None
        self.expect(name, True)
        return result

    def part(self, name, action, *arguments):
        """Runs what has steps of its own; whatever it raises is a failure with a line, and what comes after it may go on."""
        try:
            return action(*arguments)
        except (Exception, SystemExit) as failure:
            if isinstance(failure, SystemExit) and isinstance(failure.code, int):
                raise  # the whole script is told to end
            traceback.print_exc()
            self.expect(name, False, f"{type(failure).__name__} {' '.join(str(failure).split())}")
            return None

    def client(self, name, version):
        """Says whose the following steps are."""
        print(f"CLIENT {name}: {version}", flush=True)

    def not_run(self, name, why):
        print(f"NOT RUN {name}: {why}", flush=True)

    def close(self):
        """Prints the counts; the number to exit with. No step at all is no success."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0
