package entrepot.console;

import entrepot.http.Traffic;
import entrepot.watch.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// What this node did in each minute of the last hour, whether metrics are shown elsewhere or not. Counting
/// takes no lock; a count that comes while its minute begins may be lost.
public final class Figures implements Watch {

    private static final int MINUTES = 60;
    private static final Set<String> PULLS = Set.of("BatchGetImage");
    private static final Set<String> PUSHES = Set.of("PutImage");

    private final InstantSource clock;
    private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(MINUTES);
    private volatile Traffic traffic = new Traffic();

    public Figures(InstantSource clock) {
        this.clock = clock;
    }

    /// A minute.
    ///
    /// @param pulls manifests that were given, or whether they are there
    /// @param faults what failed for a reason that was not foreseen, or because something that is needed was away
    /// @param in bytes that had come until then, since the start
    /// @param out bytes that had gone until then
    public record Minute(Instant begin, long pulls, long pushes, long calls, long faults, long in, long out) {}

    private record Slot(
            long minute, LongAdder pulls, LongAdder pushes, LongAdder calls, LongAdder faults, long in, long out) {

        Minute told(long lastIn, long lastOut) {
            return new Minute(
                    Instant.ofEpochSecond(minute * 60),
                    pulls.sum(),
                    pushes.sum(),
                    calls.sum(),
                    faults.sum(),
                    lastIn,
                    lastOut);
        }
    }

    /// Has the bytes counted that a server takes and gives.
    public void measure(Traffic served) {
        traffic = served;
    }

    @Override
    public Work begin(Kind kind, String name) {
        return kind == Kind.OPERATION ? outcome -> count(name, outcome) : Work.UNWATCHED;
    }

    @Override
    public void done(Kind kind, String name, String outcome, Duration time) {
        // what took how long is for metrics
    }

    private void count(String name, String outcome) {
        if (outcome.equals(AGAIN)) {
            return;
        }
        var slot = now();
        slot.calls().increment();
        if (outcome.equals(OK) && PULLS.contains(name)) {
            slot.pulls().increment();
        }
        if (outcome.equals(OK) && PUSHES.contains(name)) {
            slot.pushes().increment();
        }
        if (outcome.equals(FAILED) || outcome.equals("unavailable")) {
            slot.faults().increment();
        }
    }

    private Slot now() {
        var minute = clock.instant().getEpochSecond() / 60;
        var index = (int) (minute % MINUTES);
        var slot = slots.get(index);
        if (slot == null || slot.minute() != minute) {
            var begun = begun(minute);
            slot = slots.compareAndSet(index, slot, begun) ? begun : slots.get(index);
        }
        return slot;
    }

    private Slot begun(long minute) {
        return new Slot(
                minute,
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                traffic.in().sum(),
                traffic.out().sum());
    }

    /// The last hour, minute by minute, the one that goes on now last. In one in which nothing was asked nothing
    /// was counted either.
    public List<Minute> hour() {
        var last = now().minute();
        var told = new ArrayList<Minute>();
        long in = 0;
        long out = 0;
        for (var minute = last - MINUTES + 1; minute <= last; minute++) {
            var slot = slots.get((int) (minute % MINUTES));
            if (slot == null || slot.minute() != minute) {
                told.add(new Minute(Instant.ofEpochSecond(minute * 60), 0, 0, 0, 0, in, out));
            } else {
                in = slot.in();
                out = slot.out();
                told.add(slot.told(in, out));
            }
        }
        told.add(new Minute(
                clock.instant(), 0, 0, 0, 0, traffic.in().sum(), traffic.out().sum()));
        return List.copyOf(told);
    }
}
