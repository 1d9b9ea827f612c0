"""A line to a server that cuts, stalls and doubles. A seed makes the faults, connection by connection.

What befalls a connection is drawn when it opens. Doubled is one whole request: the server gets it twice, each time on a
connection of its own, and the first answer is dropped, as when a retry arrives after what it repeats.
"""

import asyncio
import collections
import contextlib
import random
import threading
from typing import NamedTuple
from urllib.parse import urlsplit

from requestframes import Long, next_request

FAULTS = {"none": 40, "cut": 25, "half-dead": 8, "stall": 12, "double": 15}
PASSING, BREAKS = ("cut", "half-dead", "stall"), ("cut", "half-dead")  # a client must notice the second
HALF_DEAD_SECONDS = 15  # how long the server still believes in the connection
DROPPED_ANSWER_WITHIN = 20
LINGER_SECONDS = 5
PIECE = 1 << 16


class Fate(NamedTuple):
    fault: str
    upward: bool  # whether it befalls what goes to the server
    after: int  # bytes in that direction
    request: int  # which one is doubled
    seconds: float  # of a stall


STRAIGHT = Fate("none", True, 0, 0, 0)


def drawn(chance):
    """Sizes of all orders: heads and answers have hundreds of bytes, layers millions."""
    upward = chance.random() < 0.6
    after = int(10 ** chance.uniform(1.5, 6.6 if upward else 4.0))
    return Fate(chance.choices(list(FAULTS), FAULTS.values())[0], upward, after, chance.randint(1, 6), chance.uniform(0.2, 3))


class Cut(OSError):
    """What the line does to its two ends."""


class BrokenLine:
    """Listens on a port of its own, in a thread of its own, until it is closed."""

    def __init__(self, url):
        self.server = urlsplit(url).hostname, urlsplit(url).port
        self.chance, self.seen, self.open = None, collections.Counter(), set()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        listening = asyncio.start_server(self.serve, "127.0.0.1", 0, limit=PIECE)
        self.listener = asyncio.run_coroutine_threadsafe(listening, self.loop).result(10)
        self.port = self.listener.sockets[0].getsockname()[1]

    def spoil(self, seed):
        """From now on connections meet the faults of this seed; counts begin anew."""
        self.chance, self.seen = random.Random(seed), collections.Counter()

    def calm(self):
        """From now on connections meet no faults."""
        self.chance = None

    def breaks(self):
        return sum(self.seen[fault] for fault in BREAKS)

    def close(self):
        asyncio.run_coroutine_threadsafe(self.end_all(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)

    async def end_all(self):
        self.listener.close()
        for task in list(self.open):
            task.cancel()
        await asyncio.gather(*self.open, return_exceptions=True)

    async def serve(self, reader, writer):
        task = asyncio.current_task()
        self.open.add(task)  # the loop itself keeps no hold of it
        task.add_done_callback(self.open.discard)
        fate = drawn(self.chance) if self.chance else STRAIGHT
        try:
            onward, back = await asyncio.open_connection(*self.server)
        except OSError:
            writer.transport.abort()
            return
        with contextlib.suppress(asyncio.CancelledError):  # all lines end with the proxy
            await self.relay(fate, (reader, writer), (onward, back))

    async def relay(self, fate, client, server):
        down = asyncio.create_task(self.passing(STRAIGHT if fate.upward else fate, server[0], client[1]))
        if fate.fault == "double":
            up = asyncio.create_task(self.doubling(fate, client[0], server[1]))
        else:
            up = asyncio.create_task(self.passing(fate if fate.upward else STRAIGHT, client[0], server[1]))
        try:
            cut = await self.ended(up, down, client[1])
            (client[1].transport.abort if cut else client[1].close)()
            if cut and fate.fault == "half-dead":
                await asyncio.sleep(HALF_DEAD_SECONDS)
        finally:
            up.cancel(), down.cancel()
            server[1].transport.abort()

    async def ended(self, up, down, writer):
        """Waits until one way has ended; whether it was cut."""
        done, _ = await asyncio.wait([up, down], return_when=asyncio.FIRST_COMPLETED)
        cut = any(isinstance(way.exception(), Cut) for way in done)
        if down in done and not cut:
            await self.last_words(writer, up)
        return cut

    async def last_words(self, writer, up):
        """The server has closed: the client reads its answer to the end before its own bytes are refused."""
        if writer.can_write_eof() and not writer.is_closing():
            writer.write_eof()
        await asyncio.wait([up], timeout=LINGER_SECONDS)

    async def passing(self, fate, reader, writer):
        """Passes bytes on; ends when they do, or raises Cut."""
        left = fate.after if fate.fault in PASSING else None
        try:
            while piece := await reader.read(PIECE):
                if left is not None and len(piece) >= left:
                    writer.write(piece[:left])
                    await writer.drain()
                    await self.befall(fate)
                    piece, left = piece[left:], None
                writer.write(piece)
                await writer.drain()
                left = left and left - len(piece)
        except ConnectionError:
            pass  # one end has gone; so goes the other

    async def befall(self, fate):
        self.seen[fate.fault] += 1
        if fate.fault != "stall":
            raise Cut
        await asyncio.sleep(fate.seconds)

    async def doubling(self, fate, reader, writer):
        """Passes requests on one by one, whole; the one that is meant goes to the server elsewhere first."""
        try:
            for number in range(1, fate.request + 1):
                request = await next_request(reader)
                if number == fate.request:
                    await self.send_and_drop(request)
                writer.write(request)
                await writer.drain()
        except Long as rest:
            writer.write(rest.begun)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            return
        await self.passing(STRAIGHT, reader, writer)

    async def send_and_drop(self, request):
        self.seen["double"] += 1
        reader, writer = await asyncio.open_connection(*self.server)
        try:
            writer.write(request)
            await asyncio.wait_for(reader.read(1), DROPPED_ANSWER_WITHIN)
        except (OSError, TimeoutError, asyncio.TimeoutError):
            pass
        finally:
            writer.transport.abort()
