package entrepot.http.vertx;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Runs short work on a few virtual threads, each of which takes the next piece when it is done with one.
///
/// Of virtual threads there may be any number, but each that becomes ready has a carrier woken for it, and there
/// are many more carriers than processors, for the sake of those that wait for the disk. To wake them takes
/// longer than to answer a small request. Where work waits, a look after [#PATIENCE] has more come to help: if
/// the few wait for something themselves (a database, a bucket, another request), or none has ended meanwhile. So
/// whoever is slow holds up nobody for long; who knows that he will be long leaves beforehand.
final class FewThreads implements Executor {

    /// In milliseconds.
    static final long PATIENCE = 5;

    /// Has a look called after so many milliseconds.
    interface Timer {
        void after(long millis, Runnable look);
    }

    private static final ThreadLocal<Worker> WORKER = new ThreadLocal<>();

    private final Executor threads;
    private final int few;
    private final Timer timer;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();
    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isWatched = new AtomicBoolean();

    /// @param threads gives each its own
    FewThreads(Executor threads, int few, Timer timer) {
        this.threads = threads;
        this.few = few;
        this.timer = timer;
    }

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
        if (!begin() && !isWatched.getAndSet(true)) {
            watch();
        }
    }

    /// The work that calls this will be long, and is not counted among the few from now on. Nothing happens where
    /// it is none of them.
    static void leave() {
        var worker = WORKER.get();
        if (worker != null) {
            worker.leave();
        }
    }

    private boolean begin() {
        for (var now = working.get(); now < few; now = working.get()) {
            if (working.compareAndSet(now, now + 1)) {
                threads.execute(new Worker());
                return true;
            }
        }
        return false;
    }

    private void watch() {
        var before = taken.get();
        timer.after(PATIENCE, () -> look(before));
    }

    private void look(long before) {
        if (waiting.isEmpty()) {
            isWatched.set(false);
            if (waiting.isEmpty() || isWatched.getAndSet(true)) {
                return;
            }
        } else if (running() < few || taken.get() == before) {
            help();
        }
        watch();
    }

    /// As many as work by now, so that even for thousands who all wait for the same slow thing it is a moment.
    private void help() {
        var helpers = Math.min(Math.max(1, working.get()), waiting.size());
        for (var i = 0; i < helpers; i++) {
            working.incrementAndGet();
            threads.execute(new Worker());
        }
    }

    /// Those that have not begun will.
    private long running() {
        var beginning = Math.max(0, working.get() - atWork.size());
        return beginning + atWork.stream().filter(FewThreads::runs).count();
    }

    private static boolean runs(Thread thread) {
        var state = thread.getState();
        return state == Thread.State.NEW || state == Thread.State.RUNNABLE;
    }

    private final class Worker implements Runnable {
        private boolean isCounted = true;

        @Override
        public void run() {
            WORKER.set(this);
            atWork.add(Thread.currentThread());
            try {
                for (var work = waiting.poll(); work != null; work = isCounted ? waiting.poll() : null) {
                    taken.incrementAndGet();
                    work.run();
                }
            } finally {
                leave();
            }
        }

        void leave() {
            if (isCounted) {
                isCounted = false;
                atWork.remove(Thread.currentThread());
                working.decrementAndGet();
                if (!waiting.isEmpty()) { // what came after the last look at it
                    begin();
                }
            }
        }
    }
}
