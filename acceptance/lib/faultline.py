"""faultline.py PORT HOST:PORT: passes the bytes of each connection to 127.0.0.1:PORT on, and does them harm when told to.

Reads a line at a time: `calm`; `cut` (resets all connections, and each new one); `delay MS`; `half [PERCENT]` (each
connection is reset after some bytes, drawn at random: each piece of it with so much chance, 20 unless told). Prints a
line when it listens, and each line that it was told when it does so. `Faultline` starts one and tells it.
"""

import asyncio
import pathlib
import random
import subprocess
import sys

PIECE = 1 << 16


class Faultline:
    """A process of its own, so that its work is not the test's."""

    def __init__(self, port, target):
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, str(pathlib.Path(__file__)), str(port), target],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        if not self.process.stdout.readline():
            raise SystemExit(f"no line to {target}")

    def tell(self, words):
        """It does so when this returns."""
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            raise SystemExit("a line has ended by itself")

    def close(self):
        self.process.kill()
        self.process.wait()


class Line:
    def __init__(self, host, port):
        self.target, self.mode, self.open = (host, port), ["calm"], set()

    def obey(self, words):
        self.mode = words.split()
        if self.mode[0] == "cut":
            for writer in list(self.open):
                writer.transport.abort()

    async def serve(self, reader, writer):
        if self.mode[0] == "cut":
            writer.transport.abort()
            return
        try:
            back, onward = await asyncio.open_connection(*self.target)
        except OSError:
            writer.transport.abort()
            return
        self.open |= {writer, onward}
        try:
            await asyncio.gather(self.passing(reader, onward), self.passing(back, writer))
        finally:
            self.open -= {writer, onward}
            writer.transport.abort()
            onward.transport.abort()

    async def passing(self, reader, writer):
        """Ends with an error where its connection is to break, which ends the other way too."""
        while piece := await reader.read(PIECE):
            mode = self.mode
            if mode[0] == "delay":
                await asyncio.sleep(int(mode[1]) / 1000)
            if mode[0] == "half" and random.random() * 100 < int((*mode, 20)[1]):
                writer.write(piece[: random.randrange(len(piece) + 1)])
                await writer.drain()
                raise ConnectionError("half-way")
            writer.write(piece)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


async def commands(line):
    loop, lines = asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while words := (await lines.readline()).decode().strip():
        line.obey(words)
        print(words, flush=True)


async def main():
    host, _, port = sys.argv[2].rpartition(":")
    line = Line(host, int(port))
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # broken connections are what this is for
    server = await asyncio.start_server(line.serve, "127.0.0.1", int(sys.argv[1]), limit=PIECE)
    print("ready", flush=True)
    await commands(line)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
