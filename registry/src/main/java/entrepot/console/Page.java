package entrepot.console;

/// Makes the answer to whoever is signed in.
@FunctionalInterface
public interface Page {

    /// Fails with a refusal that is then shown in its own words.
    Answer answer(Visit visit);

    /// What making it takes of memory at most, in bytes.
    default long memory() {
        return 8 << 20;
    }
}
