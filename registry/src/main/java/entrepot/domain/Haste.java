package entrepot.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Work on a thread that others wait for as well, and that must not wait for anything itself. What would have to wait
/// is given up by [#refuse], and begun again on a thread of its own. Until [#end] nothing may be done that must not be
/// done twice.
public final class Haste {

    private static final ScopedValue<Haste> HERE = ScopedValue.newInstance();

    private final Map<Name, Object> found = new HashMap<>();
    private boolean over;

    private record Name(Object finder, Object key) {}

    private Haste() {}

    /// It cannot be done without waiting. Not a fault, so it says neither where nor why.
    public static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Late() {
            super("it would have to wait", null, false, false);
        }
    }

    /// Does some work in haste.
    ///
    /// @throws Late if it would have to wait
    public static void during(Runnable work) {
        ScopedValue.where(HERE, new Haste()).run(work);
    }

    public static boolean isHere() {
        return HERE.isBound() && !HERE.get().over;
    }

    /// Called by whatever is about to wait, or to do what must not be done twice. Nothing happens where there is time.
    public static void refuse() {
        if (isHere()) {
            throw new Late();
        }
    }

    /// Keeps what was found in haste for the rest of the work, whatever is written meanwhile. Nothing happens where
    /// there is time.
    ///
    /// @param finder looks for it
    public static void keep(Object finder, Object key, Object value) {
        if (isHere()) {
            HERE.get().found.put(new Name(finder, key), value);
        }
    }

    /// What was found by the same finder in haste, once that is over; empty if nothing was.
    @SuppressWarnings("unchecked") // as it was kept
    public static <V> Optional<V> kept(Object finder, Object key) {
        return HERE.isBound() && HERE.get().over
                ? Optional.ofNullable((V) HERE.get().found.get(new Name(finder, key)))
                : Optional.empty();
    }

    /// All that the work takes is at hand, so it is done here, and to its end.
    public static void end() {
        if (HERE.isBound()) {
            HERE.get().over = true;
        }
    }
}
