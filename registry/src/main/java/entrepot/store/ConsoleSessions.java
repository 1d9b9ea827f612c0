package entrepot.store;

import java.time.Instant;
import java.util.Optional;

/// Who is signed in to the console. A session is of an access key and is gone when the key is.
public interface ConsoleSessions {

    /// Begins one. Of its key, those that were begun first go where there are more than `most`; so do all, of
    /// whatever key, that have ended.
    ///
    /// @param hash by which it is found
    void begin(byte[] hash, Session session, int most);

    /// The one of that hash, whether it has ended or not.
    Optional<Session> find(byte[] hash);

    /// Ending an absent one is not an error.
    void end(byte[] hash);

    /// A session.
    ///
    /// @param endsAt from when it is good no more
    record Session(String keyId, Instant createdAt, Instant endsAt) {}
}
