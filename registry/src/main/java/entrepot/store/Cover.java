package entrepot.store;

/// What a customer wrote is under where it lies in rows, so that who has the rows alone cannot read it. Whoever asks
/// for a repository's rows brings its cover; digests, sizes, names and types lie bare.
public interface Cover {

    /// Of a repository that the storage alone encrypts.
    Cover NONE = new None();

    /// Bytes as they may lie in a row.
    ///
    /// @param name of what is covered, which must be told to open it
    byte[] seal(String name, byte[] plain);

    /// Fails with IllegalStateException if the bytes were sealed under another cover or name, or were changed.
    byte[] open(String name, byte[] sealed);

    /// Leaves everything as it is.
    record None() implements Cover {
        @Override
        public byte[] seal(String name, byte[] plain) {
            return plain;
        }

        @Override
        public byte[] open(String name, byte[] sealed) {
            return sealed;
        }
    }
}
