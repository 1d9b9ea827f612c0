"""attacks.py URL CREDENTIALS GROUP...: attacks a server until stdin ends, then prints how the turns went, as JSON.

The attackers know the id of an access key, no more; only those of `single`, and those who send BatchGetImage, slow
manifests and digests, may push. Prints `begun` when each attack has sent as many requests as it has clients, or is not
let to within some seconds.
"""

import asyncio
import json
import resource
import sys
import threading
import time
from typing import Callable, NamedTuple
from urllib.parse import urlsplit

from attackers import Attackers
from attackrequests import KIB, MIB, Requests

LINE = b"GET /v2/ HTTP/1.1\r\nHost: x\r\n"
ABREAST = 2000  # clients that set out in a second, so that a server's backlog can take them
SETTLED_WITHIN = 15


class Attack(NamedTuple):
    name: str
    clients: int
    request: Callable  # of Requests: the bytes that each client sends
    client: Callable  # what each does with them


def asks(every):
    return lambda by, request: by.ask(request, every)


def leaves(by, request):
    return by.leave(request, 1)


GROUPS = {
    "heads": [
        Attack("heads of tiny lines", 200, lambda _: LINE + b"a:\r\n" * 16_000, Attackers.hold),
        Attack("heads with a line of 31 KB", 3000, lambda _: LINE + b"X: " + b"a" * (31 * KIB), Attackers.hold),
    ],
    "single": [
        Attack("manifest of tiny members", 1, Requests.tiny_members, asks(1)),
        Attack("JSON nested deep", 1, Requests.nested, asks(1)),
        Attack("form of many pairs", 1, Requests.many_pairs, asks(1)),
    ],
    "bodies": [
        Attack("IAM forms of 1 MiB", 240, Requests.form, Attackers.hold),
        Attack("JSON bodies of 250 KiB", 1000, lambda it: it.json(250 * KIB, "ListImages"), Attackers.hold),
        Attack("BatchGetImage of 4 MiB", 64, Requests.images, Attackers.deaf),
    ],
    "disk": [
        Attack("manifests of 4 MiB not read", 200, Requests.big_manifest, Attackers.deaf),
        Attack("parts of 32 MiB held", 20, lambda it: it.json(32 * MIB, "UploadLayerPart"), Attackers.hold),
    ],
    "slow": [
        Attack("slow JSON bodies", 100, lambda it: it.json(KIB, "ListImages"), Attackers.trickle),
        Attack("slow manifests", 50, Requests.manifest_begun, Attackers.trickle),
    ],
    "work": [
        Attack("Credential= 2,800 times", 4, Requests.credentials_repeated, asks(0.25)),
        Attack("3,000 signed names", 4, Requests.names_signed, asks(0.25)),
        Attack("100 digests by sha512", 2, Requests.digests, leaves),
        Attack("User-Agent of 30,000 bytes", 4, Requests.long_agent, asks(0.25)),
    ],
}


async def delayed(seconds, client):
    await asyncio.sleep(seconds)
    await client


async def settled(attacks):
    """All of them have sent what they send first, or cannot."""
    ends = time.monotonic() + SETTLED_WITHIN
    while any(by.sent < one.clients for one, by in attacks) and time.monotonic() < ends:
        await asyncio.sleep(0.1)
    print("begun", flush=True)


async def attack(address, chosen):
    over, loop, attacks, clients = asyncio.Event(), asyncio.get_running_loop(), [], []
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(over.set)), daemon=True).start()
    for one, request in chosen:
        by = Attackers(address)
        attacks.append((one, by))
        for _ in range(one.clients):
            clients.append(asyncio.create_task(delayed(len(clients) / ABREAST, one.client(by, request))))
    clients.append(asyncio.create_task(settled(attacks)))
    await over.wait()
    for client in clients:
        client.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    print(json.dumps({one.name: {"clients": one.clients, **by.seen} for one, by in attacks}))


def main():
    url, credentials, *groups = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_NOFILE, [resource.getrlimit(resource.RLIMIT_NOFILE)[1]] * 2)
    requests = Requests(url, credentials)
    chosen = [(one, one.request(requests)) for group in groups for one in GROUPS[group]]
    asyncio.run(attack((urlsplit(url).hostname, urlsplit(url).port), chosen))


if __name__ == "__main__":
    main()
