package entrepot.operation.secret;

/// The answer of an operation that has nothing to say.
public record Done() {

    static final Done DONE = new Done();
}
