package entrepot.http;

import entrepot.domain.Content;

/// An answer's bytes that take room until they are released.
public interface HeldContent extends Content {

    /// Gives the room back; a second time does nothing. Whoever has sent the answer calls it, whether its body was
    /// written or not.
    void release();
}
