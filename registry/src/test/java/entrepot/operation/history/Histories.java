package entrepot.operation.history;

import static entrepot.operation.World.APP;

import entrepot.domain.Digest;
import entrepot.domain.Limits;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.job.DeletedRepositories;
import entrepot.operation.World;
import entrepot.store.Images.TaggedImage;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A world that keeps what is deleted, and what may be asked of it.
record Histories(World world) {

    static final Duration KEEP = Duration.ofDays(30);

    static Histories in(World world) {
        world.told = new KeptHistory();
        return new Histories(world);
    }

    /// All that tells one image from another, and its tags.
    record Seen(StoredImage image, Set<Tag> tags, String manifest) {}

    /// What is in a repository, by digest.
    Map<Digest, Seen> state(RepositoryName name) {
        var repository = world.repository(name);
        var cover = world.vault.cover(repository);
        return world.metadata.read(tx -> {
            var all = new HashMap<Digest, Seen>();
            var images = tx.images().images(repository, 0, null, 10_000);
            var tags = tx.images().tagsOf(repository, images);
            for (var image : images) {
                var own = new HashSet<>(tags.getOrDefault(image.id(), List.of()));
                all.put(
                        image.digest(),
                        new Seen(image, own, tx.images().manifest(image, cover).text()));
            }
            return all;
        });
    }

    Map<Tag, Digest> tags(RepositoryName name) {
        var repository = world.repository(name);
        return world.metadata.read(tx -> tx.images().tags(repository, null, 10_000)).stream()
                .collect(Collectors.toMap(TaggedImage::tag, TaggedImage::digest));
    }

    Undeleted undelete(Digest digest) {
        return undelete(world.limits).image(World.ID, APP, digest);
    }

    Undeleted undelete(String tag, Instant at) {
        return undelete(world.limits).tag(World.ID, APP, new Tag(tag), at);
    }

    Undelete undelete(Limits limits) {
        return new Undelete(world.metadata, world.clock, limits, new KeptHistory());
    }

    Repository undeleteRepository(RepositoryName name, @Nullable Instant at) {
        return repositories().run(World.ID, name, at);
    }

    UndeleteRepository repositories() {
        return new UndeleteRepository(world.metadata, world.vault, world.clock, world.limits, Duration.ofDays(1));
    }

    List<Tag> tagsInOrder(StoredImage image) {
        var repository = world.repository(APP);
        return world.metadata
                .read(tx -> tx.images().tagsOf(repository, List.of(image)))
                .getOrDefault(image.id(), List.of());
    }

    /// What a repository has besides images.
    record Policies(Optional<String> resource, Optional<StoredPolicy> lifecycle, List<ResourceTag> tags) {}

    Policies policies(Repository repository) {
        return world.metadata.read(tx -> new Policies(
                tx.resourcePolicies().ofRepository(repository),
                tx.lifecyclePolicies().find(repository),
                tx.repositories().tags(repository)));
    }

    /// The repositories whose lifecycle policies are due after some time, and not too late.
    List<Long> duePolicies(Duration after) {
        var then = world.clock.instant().plus(after);
        return world.metadata.read(tx -> tx.lifecyclePolicies().due(then, then.plus(Duration.ofDays(9)), 10));
    }

    /// What happened, a line for each, without times.
    List<String> lines(RepositoryName name) {
        return world.metadata.read(tx -> tx.repositories().named(World.ID, name).stream()
                .flatMap(id -> tx.history().events(id, null, null, 10_000).stream())
                .sorted(Comparator.comparing(event -> event.at()))
                .map(event -> "%s %s %s".formatted(event.kind(), event.tag(), event.digest()))
                .toList());
    }

    /// As the jobs do.
    void dropOld(Duration keep) {
        while (world.metadata.<Boolean>transactGuarded(tx -> tx.history().drop(keep, 10))) {
            // and on
        }
        new DeletedRepositories(world.metadata, keep, Duration.ofSeconds(1)).runOnce();
    }
}
