package entrepot.domain;

/// How far a blob has come that is being written, and all that a store needs to go on with it at any node. A value: the
/// one before stays good until a later one has been gone on with.
///
/// @param length in bytes
/// @param state in the store's own words; empty where the length says it all
public record Progress(long length, String state) {

    public static final Progress NONE = of(0);

    /// Where the length says it all.
    public static Progress of(long length) {
        return new Progress(length, "");
    }

    /// Without the state, which may be long, and is nobody's business.
    @Override
    public String toString() {
        return length + " bytes";
    }
}
