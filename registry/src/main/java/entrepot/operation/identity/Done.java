package entrepot.operation.identity;

/// The answer of an operation that has nothing to tell.
public record Done() {

    public static final Done DONE = new Done();
}
