"""What attackers do with a connection: sit on what they have sent, send slowly, ask again, not read. Their number and the
pauses between their turns are fixed, so that what they cost is the server's work and hardly their own."""

import asyncio
import collections
import socket

PAUSE = 10  # seconds before a client whose turn the server has ended comes again
TRICKLE = 3  # seconds between two bytes of a slow one
PATIENCE = 0.3  # seconds that one who does not want the answer stays
SMALL = 4096  # bytes that the kernel takes for a client that does not read


class Attackers:
    """Counts how the server ended its clients' turns: a status, `closed`, `cut` or `no connection`; and in `sent`, roughly,
    what they have got rid of or given up."""

    def __init__(self, address):
        self.address, self.seen, self.sent = address, collections.Counter(), 0

    async def connect(self, receives=None):
        connection = socket.socket()
        connection.setblocking(False)
        if receives:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        try:
            await asyncio.get_running_loop().sock_connect(connection, self.address)
        except BaseException:
            connection.close()
            raise
        return await asyncio.open_connection(sock=connection, limit=receives or 1 << 16)

    async def hold(self, begun):
        """Sends what is no whole request, and sits until the server ends it."""
        while True:
            await self.turn([begun], self.until_closed)
            await asyncio.sleep(PAUSE)

    async def trickle(self, begun):
        """Sends a head, and then a byte now and then."""
        head = begun.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        while True:
            await self.turn([head, *[b" "] * 1000], self.until_closed, pause=TRICKLE)
            await asyncio.sleep(PAUSE)

    async def ask(self, request, every):
        """Sends a whole request, `Connection: close` in it, and reads the answer."""
        while True:
            await self.turn([request], self.until_closed)
            await asyncio.sleep(every)

    async def leave(self, request, every):
        """Sends a whole request and leaves before the answer."""
        while True:
            await self.turn([request], lambda reader: asyncio.sleep(PATIENCE))
            await asyncio.sleep(every)

    async def deaf(self, request):
        """Sends a whole request and does not read the answer, unless that is a refusal."""
        while True:
            await self.turn([request], self.until_refused, receives=SMALL)
            await asyncio.sleep(PAUSE)

    async def turn(self, pieces, then, pause=0, receives=None):
        try:
            reader, writer = await self.connect(receives)
        except OSError:
            self.sent += 1
            self.seen["no connection"] += 1
            return
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                self.sent += pause > 0
                await asyncio.sleep(pause)
            self.sent += 1
            await then(reader)
        except OSError:
            self.sent += 1
            self.seen["cut"] += 1
        finally:
            writer.transport.abort()

    async def status(self, reader):
        begun = await reader.read(12)
        said = begun[9:12].decode(errors="replace") or "closed"
        self.seen[said] += 1
        return said

    async def until_closed(self, reader):
        await self.status(reader)
        while await reader.read(1 << 16):
            pass

    async def until_refused(self, reader):
        if await self.status(reader) == "200":
            await asyncio.sleep(3600)
