package entrepot.store.sql;

/// What was to be referred to is not there, or not any more.
public final class MissingRowsException extends IllegalStateException {
    MissingRowsException(String what) {
        super(what);
    }
}
