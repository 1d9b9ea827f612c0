package entrepot.operation.key;

/// The answer of an operation that has nothing to say.
public record Done() {

    public static final Done DONE = new Done();
}
