package entrepot.replication;

import static entrepot.operation.World.APP;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Images;
import entrepot.operation.Operation;
import entrepot.operation.World;
import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.DescribeImageReplicationStatus;
import entrepot.operation.image.DescribeImages;
import entrepot.operation.image.PutImage;
import entrepot.operation.registry.PutRegistryPolicy;
import entrepot.operation.replication.PutReplicationConfiguration;
import entrepot.operation.replication.ReplicationConfiguration;
import entrepot.operation.replication.ReplicationConfiguration.DeleteReplication;
import entrepot.operation.replication.ReplicationConfiguration.Destination;
import entrepot.operation.replication.ReplicationConfiguration.Filter;
import entrepot.operation.replication.ReplicationConfiguration.Rule;
import entrepot.operation.repository.CreateRepository;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A server with registries that replicate, as a test sees them: [World#ID] is where things are pushed.
public final class Replicated implements AutoCloseable {

    public static final RegistryId HOME = World.ID;
    public static final RegistryId THERE = new RegistryId(HOME.account(), "us-east-1");
    public static final RegistryId BEYOND = new RegistryId(HOME.account(), "us-west-2");
    public static final RegistryId OTHERS = new RegistryId(new AccountId("999999999999"), "eu-west-1");

    public final World world;
    public final Images images;
    public final Replicas.Counts counts = new Replicas.Counts();
    public final Map<RegistryId, entrepot.replication.Destination> elsewhere = new HashMap<>();

    /// Of this server; empty for all.
    public Set<String> regions = Set.of();

    public Replicated() {
        this(World.withApp());
    }

    public Replicated(World world) {
        this.world = world;
        this.images = Images.into(world, APP);
        world.told = new ReplicationOutbox();
    }

    public Caller in(RegistryId registry) {
        var root = Principal.ofRoot(registry.account(), "AKIAAAAAAAAAAAAAAAAA");
        return new Caller(root, registry, world.root.address(), World.ORIGIN);
    }

    public <I, O> O call(RegistryId registry, Class<? extends Operation<I, O>> operation, I input) {
        return call(Law.ECR, registry, operation, input);
    }

    public <I, O> O call(Law law, RegistryId registry, Class<? extends Operation<I, O>> operation, I input) {
        return world.door.call(in(registry), law, world.the(operation), input);
    }

    /// Everything goes there.
    public void toAll(RegistryId... destinations) {
        rules(HOME, rule(null, List.of(), destinations));
    }

    public void rules(RegistryId registry, Rule... rules) {
        call(
                registry,
                PutReplicationConfiguration.class,
                new PutReplicationConfiguration.Input(new ReplicationConfiguration(List.of(rules))));
    }

    public static Rule rule(@Nullable Boolean deletes, List<String> prefixes, RegistryId... destinations) {
        return new Rule(
                Stream.of(destinations)
                        .map(each -> new Destination(each.region(), each.account()))
                        .toList(),
                prefixes.isEmpty()
                        ? null
                        : prefixes.stream()
                                .map(prefix -> new Filter(prefix, "PREFIX_MATCH"))
                                .toList(),
                deletes == null ? null : new DeleteReplication(deletes));
    }

    public void policy(RegistryId registry, String text) {
        call(registry, PutRegistryPolicy.class, new PutRegistryPolicy.Input(text));
    }

    public void create(RegistryId registry, RepositoryName name, Mode mode) {
        call(registry, CreateRepository.class, new CreateRepository.Input(null, name, null, mode, null, null, null));
    }

    public Digest put(RegistryId registry, RepositoryName name, ManifestBytes manifest, @Nullable String tag) {
        var input = new PutImage.Input(null, name, manifest, null, tag == null ? null : new Tag(tag), null);
        return call(Law.OCI, registry, PutImage.class, input).image().imageId().imageDigest();
    }

    public void delete(RegistryId registry, RepositoryName name, ImageIdentifier id) {
        call(Law.OCI, registry, BatchDeleteImage.class, new BatchDeleteImage.Input(null, name, List.of(id)));
    }

    /// The images that a repository has, each with its tags; nothing where it is not there.
    public Map<Digest, List<String>> has(RegistryId registry, RepositoryName name) {
        var all = new TreeMap<Digest, List<String>>(Comparator.comparing(Digest::toString));
        if (world.metadata.read(tx -> tx.repositories().find(registry, name)).isEmpty()) {
            return all;
        }
        call(registry, DescribeImages.class, new DescribeImages.Input(null, name, null, null, 1_000, null))
                .imageDetails()
                .forEach(each -> all.put(
                        each.imageDigest(),
                        each.imageTags() == null
                                ? List.of()
                                : each.imageTags().stream()
                                        .map(Tag::name)
                                        .sorted()
                                        .toList()));
        return all;
    }

    public List<String> status(Digest image) {
        return status(APP, image);
    }

    /// `REGION STATUS`, and a code where there is one.
    public List<String> status(RepositoryName name, Digest image) {
        var input = new DescribeImageReplicationStatus.Input(name, Images.byDigest(image), null);
        return call(HOME, DescribeImageReplicationStatus.class, input).replicationStatuses().stream()
                .map(each -> each.region() + " " + each.status()
                        + (each.failureCode() == null ? "" : " " + each.failureCode()))
                .toList();
    }

    /// Brings everything that is due. Gives why destinations failed.
    public Map<String, String> replicate() {
        var replicas = Replicas.with(world.means, world.door, Map.copyOf(elsewhere), counts)
                .reaching(List.of(), regions);
        return new Replicating(world.metadata, world.clock, replicas, work -> work).run();
    }

    @Override
    public void close() {
        world.close();
    }
}
