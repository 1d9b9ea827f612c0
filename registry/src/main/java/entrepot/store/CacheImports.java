package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Repository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is being brought from other registries, and when they were asked last.
public interface CacheImports {

    /// When the other registry was last asked for this tag, or for what is about this digest, and answered.
    Optional<Instant> checkedAt(Repository repository, Reference name);

    void checked(Repository repository, Reference name, Instant at);

    /// In place of any of its repository and reference.
    void put(Import image);

    /// The one of this reference.
    Optional<Import> find(Repository repository, Reference reference);

    /// Those that somebody is to look after by now, the longest waiting first, of repositories that are there.
    List<Import> due(Instant now, int limit);

    /// Puts it off, for who looks after it meanwhile. Says whether it was still as it was seen.
    boolean postpone(Import seen, int tries, Instant until);

    /// It failed. Whoever looked after it meanwhile has put it off only.
    void failed(Import seen, int tries, Instant until);

    /// It is done, or given up, if it is still about the same digest. Says whether it was there still: nobody else has
    /// ended it.
    boolean end(Import image);

    /// An image that is being brought.
    ///
    /// @param repositoryId where to
    /// @param reference the tag or the digest that it was asked for by
    /// @param principal the ARN of who asked
    /// @param tries how often that has failed
    /// @param dueAt when somebody is to look after it
    record Import(long repositoryId, Reference reference, Digest digest, String principal, int tries, Instant dueAt) {}
}
