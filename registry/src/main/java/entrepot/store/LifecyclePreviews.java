package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.ImageAction;
import entrepot.domain.Repository;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What lifecycle policies would do to repositories: begun by a caller, made by a job, read until a newer one is there.
public interface LifecyclePreviews {

    /// How far one is.
    enum State {
        IN_PROGRESS,
        COMPLETE,
        FAILED,
        /// Its results are gone.
        EXPIRED,
        /// A newer one is shown; this one is to go.
        REPLACED
    }

    /// One preview, without its results.
    ///
    /// @param repository its id
    /// @param totals zeros until it is complete
    record Preview(long id, long repository, String document, State state, Instant startedAt, Totals totals) {}

    /// How many images it would act on.
    record Totals(int expiring, int transitioning) {}

    /// What would become of an image, as it was.
    ///
    /// @param rule the priority of the rule; null where what the image is about was deleted
    record Result(
            Digest digest,
            List<Tag> tags,
            Instant pushedAt,
            StorageClass storageClass,
            ImageAction action,
            @Nullable Integer rule) {}

    /// A result and its place, from 1.
    record Placed(int place, Result result) {}

    /// The newest one.
    Optional<Preview> find(Repository repository);

    /// Begins a new one, in place of any that is there.
    Preview start(Repository repository, String document, Instant now);

    /// In the order of ids, those in this state.
    ///
    /// @param state IN_PROGRESS or REPLACED
    List<Preview> in(State state, int limit);

    /// The complete ones that were begun before, the oldest first.
    List<Preview> completeBefore(Instant time, int limit);

    /// Whoever makes one has it until then. Says whether nobody else has.
    boolean claim(Preview preview, Instant now, Instant until);

    /// Its claim lasts until then.
    void keep(Preview preview, Instant until);

    /// Adds results behind those that are there.
    ///
    /// @param after the place of the result before the first of these; 0 for none
    void add(Preview preview, int after, List<Result> results);

    /// Whether it was in progress still.
    boolean complete(Preview preview, Totals totals);

    void set(Preview preview, State state);

    /// Removes some of its results. Says whether there may be more.
    boolean removeResults(Preview preview, int limit);

    /// The caller has removed its results.
    void remove(Preview preview);

    /// In the order of places, those after `after`.
    ///
    /// @param tagged only those with a tag, only those without, or null for all
    List<Placed> results(Preview preview, int after, @Nullable Boolean tagged, int limit);

    Optional<Result> result(Preview preview, Digest digest);
}
