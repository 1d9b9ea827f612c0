#!/usr/bin/env python3
"""databases.py [--databases N] [--accounts N] [--seed N]: what becomes of registries that lie in several databases.

An account is put whole into one database, since its users and keys belong to all its registries. Accounts ask unlike
much (Zipf: the busiest twice as much as the second). Compares two ways to choose the database: by hash alone
(rendezvous: each account goes where the hash of it and the database's name is greatest), and by hash but for those that
a directory names, which is where an operator moves the busiest of a database that has too much.
"""

import argparse
import hashlib
import random


def hashed(account, databases):
    """The database by rendezvous: one more takes only what it gets, nothing moves between the others."""
    return max(databases, key=lambda name: hashlib.sha256(f"{account}/{name}".encode()).digest())


def loads(place, demand, databases):
    sums = dict.fromkeys(databases, 0.0)
    for account, much in demand.items():
        sums[place[account]] += much
    return sums


def overload(place, demand, databases):
    """The fullest database over the mean of all."""
    return max(loads(place, demand, databases).values()) * len(databases) / sum(demand.values())


def named(place, demand, databases, enough):
    """Accounts moved, largest first, from the fullest database to the emptiest, until it is good enough or no move helps."""
    place, moved = dict(place), []
    while overload(place, demand, databases) > enough:
        sums = loads(place, demand, databases)
        full, empty = max(sums, key=sums.get), min(sums, key=sums.get)
        room = (sums[full] - sums[empty])
        fits = [account for account in demand if place[account] == full and demand[account] < room]
        if not fits:
            break
        moved.append(max(fits, key=demand.get))
        place[moved[-1]] = empty
    return place, moved


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", type=int, nargs="*", default=[2, 4, 8, 16])
    parser.add_argument("--accounts", type=int, default=2000)
    parser.add_argument("--enough", type=float, default=1.1, help="of the mean, for the fullest database")
    parser.add_argument("--seed", type=int, default=13)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    numbers = [f"{chance.randrange(10 ** 12):012}" for _ in range(options.accounts)]
    demand = {account: 1 / (rank + 1) for rank, account in enumerate(numbers)}
    largest = max(demand.values()) / sum(demand.values())
    print(f"{options.accounts} accounts; the busiest has {largest:.0%} of the load, so no more than"
          f" {int(1 / largest)} databases share it evenly")
    print("databases  fullest/mean by hash  with a directory  named there  moved when one is added (load)")
    for count in options.databases:
        names = [f"db-{number}" for number in range(count)]
        place = {account: hashed(account, names) for account in demand}
        other, moved = named(place, demand, names, options.enough)
        more = [*names, f"db-{count}"]
        gone = [account for account in demand if hashed(account, more) != place[account]]
        part = sum(demand[account] for account in gone) / sum(demand.values())
        print(f"{count:9}  {overload(place, demand, names):20.2f}  {overload(other, demand, names):16.2f}"
              f"  {len(set(moved)):11}  {len(gone) / len(demand):7.0%} of accounts ({part:.0%})")


if __name__ == "__main__":
    main()
