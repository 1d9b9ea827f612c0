/* Those who push, mount and delete. Who dies begins again, as a client does whose connection broke. */

/* BatchCheckLayerAvailability, HEAD: link and queue in one look. What is old is kept: the link is held, which waits
   for whoever is about to take it away, and has a row anew. */
#ifdef NO_REVIVAL
#define KEEP(r) skip
#else
#define KEEP(r) queue[r] = (yes -> FRESH : queue[r])
#endif
inline exists(r) {
  STATEMENT(true ->
    yes = link[r];
    old = yes && (queue[r] == NONE -> claimed[r] != 0 : queue[r] < YOUNG);
    promise[me] = (yes -> HALF : 0));
  if
  :: old ->
     STATEMENT(FREE(linkLock[r]) -> yes = link[r]; linkShared[r] = (yes -> linkShared[r] | BIT : linkShared[r]));
     COMMIT(KEEP(r); promise[me] = (yes -> HALF : 0))
  :: else
  fi;
  old = false
}

/* CompleteLayerUpload: its bytes are durable, under a key of their own. They take the place of those that are there.
   `on conflict do update` waits for whoever takes the link away, and holds one that is there. */
#ifdef NO_LINK_LOCK
#define HOLD_OR_ADD(r) true -> yes = link[r]
#else
#define HOLD_OR_ADD(r) FREE(linkLock[r]) -> yes = link[r]; linkShared[r] = linkShared[r] | BIT
#endif
inline complete(r) {
  atomic { mine = next; next++; bytes[mine] = true };
again:
  STATEMENT(true -> seen = key; same = id);
  STATEMENT(FREE(keyLock) && FREE(keyShared) ->
    if
    :: key == seen && id == same -> keyLock = BIT
    :: else -> d_step { leaveAll() }; goto again
    fi);
  STATEMENT(HOLD_OR_ADD(r));
  COMMIT(
    if
    :: seen == 0 -> id = mine
    :: else -> doomed[seen] = DELAY + SLACK
    fi;
    key = mine; link[r] = link[r] || !yes; queue[r] = FRESH; promise[me] = HALF; mine = 0);
  seen = 0; same = 0
}

/* ExpiredUploads: of what nobody goes on with. */
inline expire() {
  if
  :: mine != 0 -> doomed[mine] = 0; mine = 0
  :: else
  fi
}

/* PutImage: its foreign key holds the link. Without one it is refused; nobody is, whose yes still holds. */
inline put(r) {
  STATEMENT(FREE(linkLock[r]) ->
    yes = link[r];
    assert(yes || promise[me] == 0);
    linkShared[r] = (yes -> linkShared[r] | BIT : linkShared[r]));
  if
  :: yes -> COMMIT(image[IMAGE(me)] = true)
  :: else
  fi
}

/* Asks, and uploads only what is not there. */
proctype Pusher() {
  byte me = PUSHER, mine, seen, same;
  bool yes, old;
begin:
  exists(A);
  if
  :: yes
  :: else -> complete(A)
  fi;
  put(A);
  goto end;
died:
  atomic { expire(); seen = 0; same = 0; old = false; yes = false; promise[me] = 0 };
  goto begin;
end:
  atomic { yes = false; promise[me] = 0; ended++ }
}

/* Uploads what may be there. */
proctype Repusher() {
  byte me = REPUSHER, mine, seen, same;
  bool yes;
begin:
  complete(A);
  put(A);
  goto end;
died:
  atomic { expire(); seen = 0; same = 0; yes = false; promise[me] = 0 };
  goto begin;
end:
  atomic { yes = false; promise[me] = 0; ended++ }
}

/* MountLayer, from A to B: the new link's foreign key holds the blob that was seen. */
proctype Mounter() {
  byte me = MOUNTER, same;
  bool yes;
begin:
  STATEMENT(true -> yes = link[A]; same = (yes -> id : 0));
  if
  :: !yes -> goto end
  :: else
  fi;
  STATEMENT(FREE(linkLock[B]) -> linkShared[B] = linkShared[B] | BIT);
  STATEMENT(FREE(keyLock) ->
    if
    :: key != 0 && id == same -> keyShared = keyShared | BIT
    :: else -> d_step { leaveAll() }; goto begin
    fi);
  COMMIT(link[B] = true; queue[B] = FRESH; promise[me] = HALF);
  put(B);
  goto end;
died:
  atomic { yes = false; promise[me] = 0 };
  goto begin;
end:
  atomic { yes = false; same = 0; promise[me] = 0; ended++ }
}

/* BatchDeleteImage, or a policy: an image goes, and its layer has a row in the queue. Whether another one names it is
   not asked: two who do at once would each find the other's. It waits for nobody, so it is one step. */
#define DELETE(which) atomic { left > 0 && image[which] -> image[which] = false; queue[HOME(which)] = FRESH; left-- }
proctype Deleter() {
  byte left = DELETIONS;
  do
  :: left == 0 || ended == CLIENTS - 1 -> break
  :: DELETE(0)
  :: DELETE(IMAGE(PUSHER))
  :: DELETE(IMAGE(REPUSHER))
  :: DELETE(IMAGE(MOUNTER))
  od;
  atomic { left = 0; ended++ }
}
