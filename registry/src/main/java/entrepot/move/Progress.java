package entrepot.move;

/// Hears how far a move is. Several threads tell.
public interface Progress {

    /// So much lies ahead, of what has to come yet and of what has come already.
    void ahead(long blobs, long bytes);

    /// These bytes of blobs came, or were there.
    void bytes(long number);

    /// A blob came, or was there.
    void blob();

    /// A row came.
    void row();

    /// Something for people to know, on a line of its own.
    void say(String line);
}
