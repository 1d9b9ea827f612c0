"""Finds where a request of HTTP/1.1 ends (RFC 9112, section 6), so that it can be sent again."""

LONGEST = 8 << 20


class Long(Exception):
    """A request that is not kept whole: too long, or its client waits for word before it sends the body."""

    def __init__(self, begun):
        super().__init__(f"{len(begun)} bytes begun")
        self.begun = begun


async def next_request(reader):
    """The bytes of the next request. IncompleteReadError where the client leaves, Long with what was read of a long one."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = fields_of(head)
    if b"expect" in fields:
        raise Long(head)
    if fields.get(b"transfer-encoding", b"").endswith(b"chunked"):
        return await chunked(reader, head)
    length = int(fields.get(b"content-length", b"0"))
    if length > LONGEST:
        raise Long(head)
    return head + await reader.readexactly(length)


def fields_of(head):
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    return {name.lower(): value.strip().lower() for name, _, value in lines}


async def chunked(reader, head):
    """With all chunks; the clients here send no trailers."""
    whole = bytearray(head)
    while len(whole) < LONGEST:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        whole += line + await reader.readexactly(size + 2)
        if size == 0:
            return bytes(whole)
    raise Long(bytes(whole))
