/* The collector, as each node has it, and the time that it goes by. */

#define WAITS(row) (row != NONE && row > 0)
#define ANY_DOOMED (WAITS(doomed[1]) || WAITS(doomed[2]) || WAITS(doomed[3]) || WAITS(doomed[KEYS - 1]))
#define ANY_WAITS (WAITS(queue[A]) || WAITS(queue[B]) || WAITS(orphan) || ANY_DOOMED)

inline less(row) {
  if
  :: WAITS(row) -> row--
  :: else
  fi
}

/* A tick of the collector's time. */
inline pass() {
  less(queue[A]); less(queue[B]); less(orphan);
  for (k : 1 .. KEYS - 1) {
    less(doomed[k])
  }
  k = 0
}

#ifdef NO_FENCING
#define HOLDS_LEASE true
#define IS_TICKER true
#else
#define HOLDS_LEASE (holder == me)
#define IS_TICKER (ticker == me)
#endif

/* What cannot be held stays as it is. Only who holds a link, or deletes an image, may write a row that looks young. */
#ifdef FRESH_PUT_OFF
#define PUT_OFF(r) queue[r] = FRESH
#else
#define PUT_OFF(r) giveBack(r)
#endif

#ifdef NO_ORPHANS
#define ORPHAN orphan
#else
#define ORPHAN (orphan == NONE -> 0 : orphan)
#endif

#define LOOK_AT(r) STATEMENT(true -> needed = NAMED(r) || WAITS(queue[r]))
#ifdef LOOK_FIRST
#define LOOK_TOO_SOON LOOK_AT(r);
#define LOOK
#else
#define LOOK_TOO_SOON
#define LOOK LOOK_AT(r);
#endif

/* A node. Each does each step at any time, beside the other one; but the time is the lease holder's. */
proctype Node(byte me) {
  byte r, k;
  bool tick, needed;

end_idle:
  if
  :: atomic { holder != me && until == 0 && leaseLock == 0 && ANY_WAITS -> holder = me; until = LEASE; goto end_idle }
  :: atomic { holder == me && ANY_WAITS && (ticker != me || behind > 0) -> tick = (ticker == me); goto time }
  :: atomic { queue[A] == 0 -> r = A; claimed[A] = claimed[A] | BIT; queue[A] = NONE; goto links }
  :: atomic { queue[B] == 0 -> r = B; claimed[B] = claimed[B] | BIT; queue[B] = NONE; goto links }
  :: atomic { orphan == 0 && orphanLock == 0 -> orphanLock = BIT; goto blobs }
  :: atomic { doomed[1] == 0 -> k = 1; goto keys }
  :: atomic { doomed[2] == 0 -> k = 2; goto keys }
  :: atomic { doomed[3] == 0 -> k = 3; goto keys }
  :: atomic { KEYS > 4 && doomed[KEYS - 1] == 0 -> k = KEYS - 1; goto keys }
  fi;

time: /* GarbageClock. What passed was measured; it counts for who still holds the lease, and was the last to count. */
  STATEMENT(FREE(leaseLock) ->
    if
    :: HOLDS_LEASE -> leaseLock = BIT; until = LEASE
    :: else -> tick = false; goto end_idle
    fi);
  COMMIT(
    if
    :: tick && IS_TICKER -> pass()
    :: else
    fi;
    ticker = me; behind = 0; tick = false);
  goto end_idle;

links: /* GarbageCollection. A row was claimed: now the link is held, unless somebody has it, and then looked at. */
  LOOK_TOO_SOON
  STATEMENT(true ->
    if
    :: !link[r] -> claimed[r] = claimed[r] & (31 - BIT); goto settled
    :: link[r] && FREE(linkLock[r]) && FREE(linkShared[r]) -> linkLock[r] = BIT
    :: else -> PUT_OFF(r); d_step { leaveAll() }; goto settled
    fi);
  LOOK
  if
  :: needed
  :: else -> STATEMENT(FREE(orphanLock) -> orphanLock = BIT)
  fi;
  COMMIT(
    if
    :: needed
    :: else -> link[r] = false; orphan = ORPHAN
    fi);
settled:
  atomic { r = 0; needed = false; goto end_idle };

blobs: /* The same with the blob, and the links that it has. */
  STATEMENT(true ->
    if
    :: FREE(keyLock) && FREE(keyShared) -> keyLock = BIT
    :: else -> d_step { leaveAll() }; goto end_idle
    fi);
  STATEMENT(true -> needed = link[A] || link[B]);
  COMMIT(
    if
    :: needed || key == 0
    :: else -> doomed[key] = DELAY + SLACK; key = 0; id = 0
    fi;
    orphan = NONE; needed = false);
  goto end_idle;

keys: /* DiscardedBlobs. First the bytes, in no transaction, and then the row. */
  COMMIT(bytes[k] = false);
  COMMIT(doomed[k] = NONE; k = 0);
  goto end_idle;

died: /* A node that starts again has a name that none had before. */
  atomic {
    holder = (holder == me -> NONE : holder);
    ticker = (ticker == me -> NONE : ticker);
    r = 0; k = 0; tick = false; needed = false;
    goto end_idle
  }
}
