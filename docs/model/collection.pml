/* The collection of what nothing names, while others push: README.md tells what stands for what. */

#include "tables.pml"
#include "clients.pml"
#include "collector.pml"

/* A tick passes, while there is something that it could change. */
active proctype Clock() {
end_clock:
  do
  :: atomic {
       promise[PUSHER] > 0 || promise[MOUNTER] > 0 || promise[REPUSHER] > 0 || until > 0 ||
       (ticker != NONE && behind == 0 && ANY_WAITS) ->
       less(promise[PUSHER]); less(promise[MOUNTER]); less(promise[REPUSHER]); less(until);
       behind = (ticker == NONE -> 0 : 1)
     }
  od
}

#define CLEAN(r) (link[r] == NAMED(r) && queue[r] == NONE)
#define NEEDED(k) (k == key && (link[A] || link[B]))

/* When nobody can do anything: all have come to their end, and everything that nothing names is gone. */
active proctype Judge() {
  byte k;
  timeout ->
  assert(ended == CLIENTS);
  assert(CLEAN(A) && CLEAN(B));
  assert(orphan == NONE && (key != 0) == (link[A] || link[B]));
  for (k : 1 .. KEYS - 1) {
    assert(doomed[k] == NONE && bytes[k] == NEEDED(k))
  }
}

init {
  atomic {
    image[0] = true; link[A] = true; key = 1; id = 1; bytes[1] = true;
#ifdef WITH_PUSHER
    run Pusher();
#endif
#ifdef WITH_REPUSHER
    run Repusher();
#endif
#ifdef WITH_MOUNTER
    run Mounter();
#endif
    run Deleter();
    run Node(NODE1);
#ifndef ONE_NODE
    run Node(NODE2)
#endif
  }
}
