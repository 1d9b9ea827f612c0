/* What is in the database and in the blob store of one layer, which two repositories may have, and what holds a
   transaction. Time is counted in ticks of two intervals, the most that the collector's time goes on by at once. */

#define A 0 /* two repositories */
#define B 1

#define GRACE 2 /* from the last use of a link, or the last yes, to its end */
#define HALF 1  /* what a yes holds */
#define DELAY 1 /* from the end of a blob's row to that of its bytes */
#define SLACK 1 /* by which the collector's time may be late: all that it measures is longer by that */
#define LEASE 1 /* from its holder's last write to the end of a lease */

#define FRESH (GRACE + SLACK) /* what a row waits that is written now */
#define YOUNG (FRESH - HALF)  /* what is left of a row that is young enough for a yes */

#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef DELETIONS
#define DELETIONS 2
#endif
#define KEYS (4 + CRASHES) /* 0 is none, 1 is there before; uploads that are begun again have another one */

#define PUSHER 0
#define REPUSHER 1
#define MOUNTER 2
#define NODE1 3
#define NODE2 4

#define NONE 15 /* no row, nobody */

/* Rows, as committed. What waits has the ticks that it waits yet, in the collector's time. */
bool image[4];        /* manifest and manifest_blob: the image is stored, and names the layer */
bool link[2];         /* repo_blob: the repository has the layer */
byte queue[2] = NONE; /* gc_link, its newest row: the link may be named by no image */
byte key, id;         /* blob: where the bytes are (0: no row), and its number, another one when it is made anew */
byte orphan = NONE;   /* gc_blob: the blob may have no link */
byte doomed[KEYS] = NONE; /* blob_delete, by key: bytes that no row names */
byte ticker = NONE;   /* gc_clock: by whose watch the collector's time went on last */
byte holder = NONE;   /* job_lease, of that */

/* What is in no row. */
bool bytes[KEYS];       /* the blob store, by key */
byte next = 2;          /* the first key that nobody has had */
byte promise[3];        /* by client: ticks that the last yes still holds */
byte until;             /* ticks that the lease still holds */
byte behind;            /* ticks that passed since the ticker's last write; more than one are one */
byte crashes = CRASHES; /* that are to come yet */
byte ended;             /* clients that have come to their end */

#define IMAGE(client) (client + 1) /* the one that it pushes; 0 was there before */
#define HOME(which) (which == IMAGE(MOUNTER) -> B : A)
#define NAMED(r) (r == A -> image[0] || image[IMAGE(PUSHER)] || image[IMAGE(REPUSHER)] : image[IMAGE(MOUNTER)])

/* No acknowledged image loses a byte. */
#define WHOLE(r) (!NAMED(r) || (link[r] && key != 0 && bytes[key]))

/* Locks of rows: sets of who has one alone, or with others (`for share`, `for key share`, an insert, a foreign key).
   A queue has rows of many ages: who claims one has it out of the queue, where there may be a newer one. */
byte claimed[2], linkLock[2], linkShared[2], orphanLock, keyLock, keyShared, leaseLock;

#define BIT (1 << me)
#define FREE(lock) ((lock & (31 - BIT)) == 0) /* for me */

inline leave(lock) { lock = lock & (31 - BIT) }
inline leaveAll() {
  leave(claimed[A]); leave(linkLock[A]); leave(linkShared[A]);
  leave(claimed[B]); leave(linkLock[B]); leave(linkShared[B]);
  leave(orphanLock); leave(keyLock); leave(keyShared); leave(leaseLock)
}
inline giveBack(r) { queue[r] = ((claimed[r] & BIT) && queue[r] == NONE -> 0 : queue[r]) }

/* A statement, within which nothing else happens. Before it, whoever runs it may die: its transaction is undone. */
#define STATEMENT(...) \
  if \
  :: atomic { __VA_ARGS__ } \
  :: atomic { d_step { crashes > 0 -> crashes--; giveBack(A); giveBack(B); leaveAll() }; goto died } \
  fi

/* The end of a transaction: others see what it wrote from here on, and not before. */
#define COMMIT(...) \
  STATEMENT(d_step { __VA_ARGS__; leaveAll(); assert(WHOLE(A) && WHOLE(B)) })
