#!/usr/bin/env python3
"""model.py [--pulls N] [--new-layers N] [--layers N] ...: which part of a cluster is full first, at 1, 10, 100 and 1,000
nodes that are as busy as they may be.

COST is what `benchmarks/run --only cluster` measured, for one operation; the sizes of the machines and the mix of what
clients ask are yours, and so are all bounds: give them. A node's share is filled to BUSY, the rest follows.
"""

import argparse

BUSY = 0.7  # of a node's processors; the rest is for peaks

# CPU seconds of a node and of PostgreSQL, bytes of PostgreSQL's log, S3 requests: for one operation.
COST = {
    "PutImage": dict(node=0.00051, database=0.00071, log=6_946, s3=0),
    "manifest GET": dict(node=0.00014, database=0.00009, log=0, s3=0),
    "push of 1 MB": dict(node=0.0107, database=0.00395, log=3_294, s3=1),
    "pull of 1 MB": dict(node=0.00154, database=0.00017, log=0, s3=1),
}
IDLE = dict(node=0.01, database=0.0028)  # CPU seconds a second, of a node that nobody asks


def of_mix(options):
    """What one image's push costs, with the pulls that come with it."""
    times = {
        "PutImage": 1,
        "push of 1 MB": options.new_layers,
        "manifest GET": options.pulls,
        "pull of 1 MB": options.pulls * options.layers,
    }
    return {kind: sum(count * COST[operation][kind] for operation, count in times.items())
            for kind in ("node", "database", "log", "s3")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pulls", type=float, default=20, help="for each push")
    parser.add_argument("--new-layers", type=float, default=2, help="of 1 MB, that a push brings")
    parser.add_argument("--layers", type=float, default=2, help="of 1 MB, that a pull lacks")
    parser.add_argument("--cores", type=float, default=2, help="of a node")
    parser.add_argument("--pool", type=int, default=16, help="connections of a node (metadata.pool)")
    parser.add_argument("--database-cores", type=float, default=32)
    parser.add_argument("--connections", type=int, default=500, help="that PostgreSQL takes (max_connections)")
    parser.add_argument("--log", type=float, default=200, help="MB of its log a second that its disk and standby take")
    parser.add_argument("--s3", type=float, default=5500, help="requests a second that S3 takes")
    parser.add_argument("--nodes", type=int, nargs="*", default=[1, 10, 100, 1000])
    options = parser.parse_args()
    cost = of_mix(options)
    print("nodes  pushes/s  pulls/s  database cores  connections  log MB/s  S3 requests/s  full first")
    for nodes in options.nodes:
        rate = nodes * (options.cores * BUSY - IDLE["node"]) / cost["node"]
        use = {
            "database cores": (rate * cost["database"] + nodes * IDLE["database"], options.database_cores),
            "connections": (nodes * options.pool, options.connections),
            "log": (rate * cost["log"] / 1e6, options.log),
            "S3 requests": (rate * cost["s3"], options.s3),
        }
        fullest = max(use, key=lambda name: use[name][0] / use[name][1])
        share = use[fullest][0] / use[fullest][1]
        print(f"{nodes:5}  {rate:8,.0f}  {rate * options.pulls:7,.0f}  {use['database cores'][0]:14,.1f}"
              f"  {use['connections'][0]:11,}  {use['log'][0]:8,.1f}  {use['S3 requests'][0]:13,.0f}"
              f"  {'nodes' if share < 1 else f'{fullest}, x{share:.1f}'}")


if __name__ == "__main__":
    main()
