"""Images that do harm to whoever unpacks them, small on their way."""
import gzip
import io
import os
import pathlib
import tarfile

import packages
from registry import Image, digest_of

LAYER = "application/vnd.oci.image.layer.v1.tar"
FOREIGN = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
GIGABYTE = 1_000_000_000

# What each ends as; those that are read have what is in Debian's packages.
STATUS = {
    "no-layers": ("FAILED",),
    "broken-gzip": ("FAILED",),
    "no-gzip": ("FAILED",),
    "foreign": ("COMPLETE",),
    "zstd": ("COMPLETE",),
    "links-out": ("COMPLETE",),
    "devices": ("COMPLETE",),
    "million-entries": ("FAILED", "UNSUPPORTED_IMAGE"),
    "bomb-100gb": ("FAILED",),
}
OUTSIDE = pathlib.Path("/tmp/entrepot-was-here")


def of(layers, name):
    manifest, config, blobs = packages.of_layers(layers, ["sha256:" + "0" * 64 for _ in layers], name)
    return Image(manifest, {digest_of(blob): blob for blob in (config, *blobs)})


def images():
    """Names, and images; one of them tries to write OUTSIDE."""
    plain = packages.tar(packages.debian())
    yield "no-layers", of([], "no layers")
    yield "broken-gzip", of([(gzip.compress(plain)[:-300], LAYER + "+gzip")], "broken")
    yield "no-gzip", of([(b"no archive" * 99, LAYER + "+gzip")], "no gzip")
    yield "foreign", of([(gzip.compress(plain), FOREIGN)], "foreign")
    yield "zstd", of([(zstd(plain), LAYER + "+zstd")], "zstd")
    yield "links-out", of([(gzip.compress(entries(links())), LAYER + "+gzip")], "links")
    yield "devices", of([(gzip.compress(entries(devices())), LAYER + "+gzip")], "devices")
    yield "million-entries", of([(gzip.compress(many(1_000_000), 1), LAYER + "+gzip")], "many")
    if not os.environ.get("FULL"):
        print("NOT RUN a layer of 100 GB: its scan writes up to 16 GB, and wants FULL=1")
        return
    yield "bomb-100gb", of([(bomb(100 * GIGABYTE), LAYER + "+gzip")], "bomb")


def zstd(data):
    """A frame of blocks as they are, which every reader takes (RFC 8878)."""
    frame = b"\x28\xb5\x2f\xfd" + b"\xa0" + len(data).to_bytes(4, "little")
    pieces = [data[at : at + 100_000] for at in range(0, len(data), 100_000)] or [b""]
    for number, piece in enumerate(pieces):
        frame += ((len(piece) << 3) | (number == len(pieces) - 1)).to_bytes(3, "little") + piece
    return frame


def entries(all_entries):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.GNU_FORMAT) as file:
        for entry, content in all_entries:
            entry.size = len(content)
            file.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def entry(name, kind=tarfile.REGTYPE, target=""):
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.mode = kind, target, 0o6777
    return made


def links():
    for name, content in packages.debian().items():
        yield entry(name), content if isinstance(content, bytes) else content.encode()
    yield entry("etc/out", tarfile.SYMTYPE, "/etc"), b""
    yield entry("etc/out/entrepot-was-here"), b"x"
    yield entry("usr/passwd", tarfile.LNKTYPE, "../../../../../../../etc/passwd"), b""
    yield entry("../../../../../../../tmp/entrepot-was-here"), b"x"
    yield entry("/tmp/entrepot-was-here"), b"x"


def devices():
    for name, content in packages.debian().items():
        yield entry(name), content if isinstance(content, bytes) else content.encode()
    for name, kind in (("dev/sda", tarfile.BLKTYPE), ("dev/zero", tarfile.CHRTYPE), ("dev/pipe", tarfile.FIFOTYPE)):
        yield entry(name, kind), b""
    yield entry("usr/lib/python3/dist-packages/x.dist-info/METADATA", tarfile.FIFOTYPE), b""


def many(number):
    """As many files of a package manager's own kind as there is room for; each head is another one."""
    head = bytearray(tarfile.TarInfo("n/000000000/package.json").tobuf(tarfile.USTAR_FORMAT))
    spaces, total = b" " * 8, io.BytesIO()
    base = sum(head[:148]) + sum(spaces) + sum(head[156:])
    for each in range(number):
        digits = b"%09d" % each
        head[2:11] = digits
        head[148:156] = b"%06o\0 " % (base - 9 * 48 + sum(digits))
        total.write(head)
    total.write(bytes(1024))
    return total.getvalue()


def bomb(size):
    """A file of zeroes in a name that scanners read, as members of gzip's that repeat themselves."""
    made = tarfile.TarInfo("app/lib/big.jar")
    made.size = size
    head = made.tobuf(tarfile.GNU_FORMAT)
    piece = gzip.compress(bytes(GIGABYTE // 10), 9)
    return gzip.compress(head) + piece * (size // (GIGABYTE // 10)) + gzip.compress(bytes(10_240))
