package entrepot.store;

/// Another transaction has changed what this one saw, so that what it was about to write would be wrong. The store runs
/// the work again; nothing that reads and writes in one transaction need catch this.
public final class LostRaceException extends IllegalStateException {
    public LostRaceException(String what) {
        super(what);
    }
}
