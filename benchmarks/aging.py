#!/usr/bin/env python3
"""aging.py [--images N] [--seconds S] [--what repository|expiry|few] [--whole] [--on sqlite|postgres]: fills a repository of
one Entrepot with so many images, each with a config and a layer of its own, straight into its database (their bytes are
not there, which costs the collector as much as bytes that are). Then 16 clients push into others, and pull
what they have pushed, first in peace, then while the images go and are collected with a grace of ten seconds: for so many
seconds, or with `--whole` until the last one is collected. Tells p99 of the pushes in both, their ratio, and what was
freed.

`--what few` deletes a few thousand images of so many, and as many of 10,000, and tells what an image costs in CPU of the
server (and of PostgreSQL), deleted and collected, in both. Needs boto3, and PostgreSQL's programs for it.
"""

import argparse
import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "acceptance" / "lib"))
import postgres  # noqa: E402
from registry import image_of  # noqa: E402
from server import Server, built  # noqa: E402

CLIENTS = 16
AGED = 1_600_000_000_000_000
MANIFEST = b'{"schemaVersion":2,"config":{"digest":"sha256:%064d"},"layers":[]}'
POLICY = {"rules": [{"rulePriority": 1, "selection": {
    "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}]}


def key(number):
    """As keys of blobs are made: a UUID of version 7."""
    return f"01900000-0000-7000-8000-{number:012x}"


def fill(database, repository, images):
    """The rows that so many pushes leave."""
    with sqlite3.connect(database) as sql:
        sql.execute("pragma journal_mode = off")
        sql.execute("pragma synchronous = off")
        repo, registry = sql.execute("select id, registry from repository where name = ?", (repository,)).fetchone()
        blob = sql.execute("select coalesce(max(id), 0) from blob").fetchone()[0] + 1
        first = sql.execute("select coalesce(max(id), 0) from manifest").fetchone()[0] + 1
        blobs = range(blob, blob + 2 * images)
        sql.executemany(
            "insert into blob (id, digest, encryption, size, storage_key, created_at) values (?, ?, 'AES256', 1000, ?, ?)",
            ((n, b"\x01" + os.urandom(32), key(n), AGED) for n in blobs))
        sql.executemany(
            "insert into repo_blob (repo_id, blob_id, media_type, linked_at, registry) values (?, ?, '', ?, ?)",
            ((repo, n, AGED, registry) for n in blobs))
        sql.executemany(
            "insert into manifest (id, repo_id, digest, media_type, size, image_size, pushed_at)"
            " values (?, ?, ?, 'application/vnd.oci.image.manifest.v1+json', 500, 2000, ?)",
            ((first + n, repo, b"\x01" + os.urandom(32), AGED) for n in range(images)))
        sql.executemany("insert into manifest_content (manifest_id, bytes) values (?, ?)",
                        ((first + n, MANIFEST % n) for n in range(images)))
        sql.executemany("insert into manifest_blob (repo_id, blob_id, manifest_id) values (?, ?, ?)",
                        ((repo, n, first + (n - blob) // 2) for n in blobs))
        sql.execute("insert into image_count (repo_id, slot, images) values (?, 0, ?)", (repo, images))


FILL = """
create temp table run as select r.id repo, r.registry, n, nextval('manifest_id_seq') manifest,
    nextval('blob_id_seq') config, nextval('blob_id_seq') layer
    from repository r, generate_series(0, {last}) n where r.name = '{repository}';
create temp table part as select repo, registry, manifest, unnest(array[config, layer]) blob from run;
insert into blob (id, digest, encryption, size, storage_key, created_at)
    select blob, '\\x01'::bytea || sha256(('b' || blob)::bytea), 'AES256', 1000, '01900000-0000-7000-8000-' || lpad(to_hex(blob), 12, '0'), {aged} from part;
insert into repo_blob (repo_id, blob_id, media_type, linked_at, registry) select repo, blob, '', {aged}, registry from part;
insert into manifest (id, repo_id, digest, media_type, size, image_size, pushed_at)
    select manifest, repo, '\\x01'::bytea || sha256(('m' || manifest)::bytea),
        'application/vnd.oci.image.manifest.v1+json', 500, 2000, {aged} from run;
insert into manifest_content (manifest_id, bytes)
    select manifest, convert_to('{{"schemaVersion":2,"config":{{"digest":"sha256:' || lpad(n::text, 64, '0') || '"}},"layers":[]}}', 'UTF8')
    from run;
insert into manifest_blob (repo_id, blob_id, manifest_id) select repo, blob, manifest from part;
insert into image_count (repo_id, slot, images) select repo, 0, count(*) from run group by repo;
analyze;
"""


class OnSqlite:
    """One process with nothing beside it."""

    def __init__(self, folder):
        self.data = folder / "data"
        self.place = ["--data", self.data]

    def server(self):
        return Server(self.data)

    def fill(self, repository, images):
        fill(self.data / "metadata.db", repository, images)

    def asked(self, statement):
        with contextlib.closing(sqlite3.connect(f"file:{self.data}/metadata.db?mode=ro", uri=True)) as sql:
            return sql.execute(statement).fetchone()[0]

    def digests(self, count):
        found = self.asked("select group_concat(hex(digest)) from (select m.digest from manifest m join repository r"
                           f" on r.id = m.repo_id where r.name = 'aged' order by m.digest limit {count})")
        return ["sha256:" + digest[2:].lower() for digest in found.split(",")]

    @staticmethod
    def cpu():
        return 0


class OnPostgres:
    """A node whose metadata is in PostgreSQL; blobs stay in its folder."""

    def __init__(self, folder, database, name="entrepot"):
        self.database, self.data, self.name = database, folder / "data", name
        subprocess.run([ROOT / "entrepot", "server-key", "--out", folder / "key"], check=True)
        file = folder / "node.yaml"  # JSON is YAML
        file.write_text(json.dumps({
            "data": str(self.data), "server-key-file": str(folder / "key"),
            "metadata": {"type": "postgres", "url": database.database(name), "user": postgres.USER}}))
        self.place = ["--config", file]

    def server(self):
        return Server(self.data, *self.place)

    def fill(self, repository, images):
        self.asked(FILL.format(last=images - 1, repository=repository, aged=AGED))

    def asked(self, statement):
        return self.database.sql(statement, self.name)

    def digests(self, count):
        found = self.asked("select string_agg(encode(digest, 'hex'), ',') from (select m.digest from manifest m join repository r"
                           f" on r.id = m.repo_id where r.name = 'aged' order by m.digest limit {count}) f")
        return ["sha256:" + digest[2:] for digest in found.split(",")]

    def cpu(self):
        """Seconds of all its processes, also of those that have ended."""
        first = self.database.process.pid
        return sum(seconds for number, parent, seconds in processes() if first in (number, parent))


def processes():
    """Number, parent, and seconds of CPU of every process, with those of its children that have ended."""
    ticks = os.sysconf("SC_CLK_TCK")
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            yield int(stat.parent.name), int(fields[1]), sum(map(int, fields[11:15])) / ticks


def own(client):
    """Its repository: all of them push more than one may hold."""
    return f"work{client}"


class Pushers:
    """Clients that push as fast as they can; keeps how long each push took."""

    def __init__(self, registry):
        self.registry, self.over, self.took, self.failed = registry, threading.Event(), [], []
        self.threads = [threading.Thread(target=self.push, args=(n,)) for n in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def push(self, number):
        while not self.over.is_set():
            image = image_of(os.urandom(1_000))
            began = time.monotonic()
            try:
                self.registry.push(own(number), "newest", image)
                self.took.append(time.monotonic() - began)
                self.registry.verify(own(number), "newest")
            except Exception as failure:  # noqa: BLE001 - each is told
                self.failed.append(str(failure))

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()
        return sorted(self.took)


def p99(took):
    return took[len(took) * 99 // 100]


def pushes(registry, seconds):
    pushers = Pushers(registry)
    time.sleep(seconds)
    return pushers.end(), pushers.failed


def pushes_until(registry, is_over, longest):
    pushers = Pushers(registry)
    ends = time.monotonic() + longest
    while not is_over() and time.monotonic() < ends:
        time.sleep(1)
    return pushers.end(), pushers.failed


def status(shape):
    told = subprocess.run([ROOT / "entrepot", "gc", "--status", "--format", "json", *shape.place],
                          check=True, capture_output=True, text=True)
    return json.loads(told.stdout.strip().splitlines()[-1])


def go(registry, what, shape):
    """Begins what makes the images go, and tells how long the request took."""
    began = time.monotonic()
    if what == "repository":
        registry.ecr.delete_repository(repositoryName="aged", force=True)
    else:
        registry.ecr.put_lifecycle_policy(repositoryName="aged", lifecyclePolicyText=json.dumps(POLICY))
        subprocess.Popen([ROOT / "entrepot", "lifecycle", "run", "aged", *shape.place],
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def told(when, pushed):
    took, failed = pushed
    print(f"{when:16} {len(took)} pushes, p99 {p99(took) * 1000:.1f} ms, {len(failed)} failed", flush=True)
    for failure in failed[:5]:
        print(f"  {failure}")
    return p99(took)


def measured(shape, options):
    with shape.server() as server:
        for name in ["aged", *map(own, range(CLIENTS))]:
            server.registry().ecr.create_repository(repositoryName=name)
    began = time.monotonic()
    shape.fill("aged", options.images)
    print(f"{options.images} images in {time.monotonic() - began:.0f} s", flush=True)
    with shape.server() as server:
        registry = server.registry(timeout=120)
        pushes(registry, options.seconds / 2)
        calm = told("in peace:", pushes(registry, options.seconds))
        before = server_cpu(server)
        print(f"the request took {go(registry, options.what, shape) * 1000:.0f} ms,"
              f" {(server_cpu(server) - before) * 1000:.0f} ms of CPU")
        if options.whole:
            busy = in_parts(registry, shape, options)
        else:
            busy = told("while they go:", pushes(registry, options.seconds))
        left = shape.asked("select count(*) from manifest m join repository r on r.id = m.repo_id where r.name = 'aged'")
        print(f"p99 of one over the other: {busy / calm:.2f}")
        if options.whole:
            again = told("in peace again:", pushes(registry, options.seconds))
            print(f"p99 over that after it: {busy / again:.2f}")
        print(f"images left then: {left}; {status(shape)}")


def in_parts(registry, shape, options):
    """Rows of the images go first, and then what they named. Gives the p99 of the worse part."""
    began = time.monotonic()
    rows = ("select count(*) from (select 1 from manifest m join repository r on r.id = m.repo_id"
            " where r.name = 'aged' limit 1) f")
    first = told("while rows go:", pushes_until(registry, lambda: int(shape.asked(rows)) < 1, options.longest))
    print(f"  {time.monotonic() - began:.0f} s")
    then = told("while collected:", pushes_until(
        registry, lambda: int(shape.asked("select freed_blobs from gc_clock")) >= 2 * options.images, options.longest))
    freed = int(shape.asked("select freed_blobs from gc_clock"))
    print(f"  {freed} of {2 * options.images} blobs collected after {time.monotonic() - began:.0f} s")
    return max(first, then)


def server_cpu(server):
    return sum(seconds for number, _, seconds in processes() if number == server.process.pid)


def collected(server, registry, shape, count):
    """Deletes so many, and gives the CPU by the image until they are collected, without what the server takes at rest."""
    def cpu():
        return server_cpu(server) + shape.cpu()

    digests, before = shape.digests(count), int(shape.asked("select freed_blobs from gc_clock"))
    at_rest = cpu()
    time.sleep(10)
    at_rest = (cpu() - at_rest) / 10
    began, used = time.monotonic(), cpu()
    for first in range(0, count, 100):
        registry.ecr.batch_delete_image(
            repositoryName="aged", imageIds=[{"imageDigest": digest} for digest in digests[first : first + 100]])
    while int(shape.asked("select freed_blobs from gc_clock")) < before + 2 * count:
        time.sleep(0.5)
    seconds = time.monotonic() - began
    return (cpu() - used - at_rest * seconds) / count, seconds


def cost(shape, images, count=3_000):
    with shape.server() as server:
        server.registry().ecr.create_repository(repositoryName="aged")
    shape.fill("aged", images)
    with shape.server() as server:
        registry = server.registry(timeout=120)
        collected(server, registry, shape, count)  # warms up
        each, seconds = collected(server, registry, shape, count)
    print(f"among {images:,} images: {each * 1e6:.0f} us of CPU for each of {count} deleted and collected ({seconds:.0f} s)",
          flush=True)
    return each


def shape_of(ends, database, name):
    folder = pathlib.Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="entrepot-aging-")))
    return OnPostgres(folder, database, name) if database else OnSqlite(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--what", choices=["repository", "expiry", "few"], default="repository")
    parser.add_argument("--whole", action="store_true", help="until the last image is collected")
    parser.add_argument("--longest", type=float, default=3600, help="seconds that each part of that may take")
    parser.add_argument("--on", choices=["sqlite", "postgres"], default="sqlite")
    options = parser.parse_args()
    grace = "1s" if options.what == "few" else "10s"  # pushes count on what they have sent
    os.environ.update({"ENTREPOT_GC_GRACE": grace, "ENTREPOT_GC_INTERVAL": "1s"})
    built()
    with contextlib.ExitStack() as ends:
        database = ends.enter_context(postgres.running()) if options.on == "postgres" else None
        if options.what == "few":
            small = cost(shape_of(ends, database, "small"), 10_000)
            large = cost(shape_of(ends, database, "large"), options.images)
            print(f"one among {options.images:,} over one among 10,000: {large / small:.2f}")
        else:
            measured(shape_of(ends, database, "entrepot"), options)


if __name__ == "__main__":
    main()
