package entrepot.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What targets are told of images: written down in the transaction that changed them, then put into a line for each
/// target and repository, by whoever has the lease of that. docs/decisions/0039-events.md has the order.
public interface Events {

    /// Something that happened.
    ///
    /// @param uuid the id that targets see
    /// @param repository the ARN of the repository
    /// @param type EventBridge's detail-type
    /// @param document what targets are sent, a JSON object
    record Event(String uuid, String repository, String type, Instant at, String document) {}

    /// One that is stored.
    ///
    /// @param id larger than that of whatever happened to the same image or tag before
    record Heading(long id, String repository, String type) {}

    /// The events of a repository that a target waits for.
    ///
    /// @param target what it is called
    /// @param tries how often the first one of them failed
    record Line(String target, String repository, int tries) {}

    /// An event in a line.
    ///
    /// @param since when it came there
    record Waiting(long id, Instant since, Event event) {}

    /// How many wait, and the time of the oldest one; null for none.
    record Amount(long events, @Nullable Instant oldest) {}

    /// Why a target last failed.
    record Failure(String error, Instant at) {}

    /// What is to be delivered again.
    ///
    /// @param next where to go on; empty at the end
    record Replayed(int count, Optional<Long> next) {}

    /// Writes it down, after whatever holds what it is about.
    void add(Event event);

    /// The first of those that are in no line yet, in order.
    List<Heading> fresh(int limit);

    /// Puts events into the lines of a target.
    void queue(String target, Collection<Long> ids, Instant now);

    /// These are no longer fresh.
    void queued(Collection<Long> ids);

    /// Lines of a target whose first event is due, the longest due first; those too that are due later than any can
    /// be, since a clock was set back.
    List<Line> due(String target, Instant now, Instant latest, int limit);

    /// The first events of a line.
    List<Waiting> waiting(Line line, int limit);

    /// These were delivered, and the next one is due now.
    void delivered(Line line, Collection<Long> ids, Instant now);

    /// The first one could not be delivered.
    void failed(Line line, String error, Instant now, Instant due);

    /// Takes out of a line what has been in it since then, or for longer. Says how many these were.
    int giveUp(Line line, Instant since);

    /// Has events be delivered again that have been, from this one on in order, so many of them at most.
    Replayed replay(long from, int limit);

    /// Where a replay begins; empty if nothing is kept from then on.
    Optional<Long> firstSince(Instant time);

    /// The id of the one that targets know by this name.
    Optional<Long> find(String uuid);

    /// How many wait in lines, for each target that has some.
    Map<String, Amount> waiting();

    /// How many are in no line yet, by what they are: the ids are 0.
    Map<Heading, Amount> fresh();

    /// Why each target last failed.
    Map<String, Failure> failures();

    /// Events that happened before and that nobody waits for.
    List<Long> old(Instant before, int limit);

    /// Forgets those of them that nobody waits for now.
    void forget(Collection<Long> ids);

    /// How many there are above a number, delivered or not.
    long excess(long most);

    /// Drops the oldest ones. Says how many of those were not delivered, for each target.
    int drop(int oldest);

    /// Takes away what targets wait for since then or longer that are not among these. Says how many these were.
    int leave(Collection<String> targets, Instant since, int limit);
}
