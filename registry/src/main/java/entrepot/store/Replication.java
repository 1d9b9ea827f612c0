package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryArn;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Events.Line;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What goes from registries to others: the rules, the changes written down in the transactions that made them, and the
/// lines that these wait in, one for each destination and repository. docs/decisions/0042-replication.md has the order.
public interface Replication {

    /// A change that somewhere else is to be as here.
    ///
    /// @param id larger than that of whatever happened to the same image or tag before
    /// @param backfill the one that it belongs to; null for a change that somebody made
    record Change(
            long id,
            RepositoryArn repository,
            Kind kind,
            Digest digest,
            List<Tag> tags,
            @Nullable Long backfill) {}

    /// One that is in no line yet.
    ///
    /// @param rules that were in force when it was made
    record Fresh(Change change, ReplicationRules rules) {}

    /// A change in a line.
    ///
    /// @param since when it came there
    record Waiting(Change change, Instant since) {}

    /// How many changes wait for a destination, since when, and why its last line failed; null for no reason.
    record Amount(
            long changes,
            @Nullable Instant oldest,
            @Nullable String error) {}

    /// What came of bringing an image to a destination.
    ///
    /// @param failure a code; null where it came there
    record Result(String destination, @Nullable String failure) {}

    /// The rules of a registry; without any, [ReplicationRules#NONE].
    ReplicationRules rules(RegistryId registry);

    /// These are in force from now on.
    void putRules(RegistryId registry, ReplicationRules rules, Instant now);

    /// Those that were replaced before that time, and by which no change that is in no line goes.
    void forgetRules(Instant replacedBefore);

    /// Writes the change down, after whatever holds what it is about, if its registry has rules.
    void add(ImageChange change);

    /// Writes down that an image that is there is to be brought to a destination, with this tag if it has it by then.
    Change add(long backfill, Repository repository, StoredImage image, @Nullable Tag tag, Instant now);

    /// The first of those that are in no line yet, in order.
    List<Fresh> fresh(int limit);

    /// Puts changes of one repository into the line of a destination.
    void queue(RegistryId destination, Collection<Long> ids, Instant now);

    /// These are in all lines that they belong into. Of those that are in none nothing is kept.
    void queued(Collection<Long> ids);

    /// Destinations that wait for something.
    List<String> destinations();

    /// Lines of a destination whose first change is due, the longest due first; those too that are due later than any
    /// can be, since a clock was set back.
    List<Line> due(String destination, Instant now, Instant latest, int limit);

    /// The first changes of a line.
    List<Waiting> waiting(Line line, int limit);

    /// One is done, and the next one is due now.
    void done(Line line, Change change, Instant now);

    /// The first one could not be done now.
    void failed(Line line, String error, Instant due);

    /// Takes the line away if nothing waits in it.
    void dissolve(Line line);

    /// What came of bringing an image there, for as long as it is stored.
    void put(StoredImage image, Result result, Instant now);

    /// What has come of an image that is stored, in the order of destinations.
    List<Result> results(StoredImage image);

    /// Where changes wait of this image that bring it.
    Set<String> waitingFor(Repository repository, Digest digest);

    /// Changes of this image that bring it and are in no line yet.
    List<Fresh> freshOf(Repository repository, Digest digest);

    /// Where an upload of this layer to a destination goes on; empty if none was begun.
    Optional<String> upload(String destination, RepositoryArn repository, Digest layer);

    /// One goes on there.
    void putUpload(String destination, RepositoryArn repository, Digest layer, String location, Instant now);

    /// None goes on.
    void forgetUpload(String destination, RepositoryArn repository, Digest layer);

    /// Nor any that began before.
    void forgetUploads(Instant before);

    /// How many wait, for each destination that has some.
    Map<String, Amount> amounts();

    /// How many are in no line yet, and the time of the oldest one.
    Optional<Amount> freshAmount();
}
