"""relay.py PORT HOST:PORT: passes the bytes of each connection to 127.0.0.1:PORT on, unread. Prints a line when ready."""

import asyncio
import sys


async def pass_on(reader, writer):
    try:
        while piece := await reader.read(1 << 16):
            writer.write(piece)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.close()


async def relay(reader, writer):
    onward, back = await asyncio.open_connection(*sys.argv[2].split(":"))
    await asyncio.gather(pass_on(reader, back), pass_on(onward, writer))
    back.close()
    writer.close()


async def main():
    server = await asyncio.start_server(relay, "127.0.0.1", int(sys.argv[1]))
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(main())
