package entrepot.signing;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RepositoryName;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningStatus;
import entrepot.domain.Tag;
import entrepot.job.Failures;
import entrepot.job.ImageSignatures;
import entrepot.notation.BadKeyException;
import entrepot.notation.Format;
import entrepot.notation.SigningKey;
import entrepot.notation.TestAuthority;
import entrepot.notation.TestAuthority.Holder;
import entrepot.notation.TestAuthority.Says;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.image.PutImage;
import entrepot.operation.signing.DescribeImageSigningStatus;
import entrepot.operation.signing.DescribeImageSigningStatus.StatusView;
import entrepot.operation.signing.PutSigningConfiguration;
import entrepot.operation.signing.SignedPushes;
import entrepot.operation.signing.SigningConfigurationView;
import entrepot.operation.signing.SigningConfigurationView.FilterView;
import entrepot.operation.signing.SigningConfigurationView.RuleView;
import entrepot.operation.signing.SigningQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A registry that signs, whose job runs when a test says so. It has the profiles `ci`, in JSON, and `qa`, in COSE.
public final class SignedWorld implements AutoCloseable {

    public static final String PREFIX = "arn:aws:signer:eu-west-1:123456789012:/signing-profiles/";
    public static final String CI = PREFIX + "ci";
    public static final String QA = PREFIX + "qa";

    private static final Holder ROOT = TestAuthority.root();
    private static final Holder LEAF = TestAuthority.by(ROOT, Says.SIGNER, TestAuthority.ec("secp384r1"));

    public final World world;
    public final Images images;
    public final SigningMeans means;

    public SignedWorld(Path folder) throws GeneralSecurityException, IOException, BadKeyException {
        this(folder, World.withApp());
    }

    public SignedWorld(Path folder, World world) throws GeneralSecurityException, IOException, BadKeyException {
        var files = new TestAuthority(folder);
        var key = SigningKey.read(files.key("key", LEAF), files.chain("chain", LEAF, ROOT), TestAuthority.NOW);
        this.world = world;
        this.images = Images.into(world, World.APP);
        this.means = SigningMeans.with(
                world.means,
                world.door,
                List.of(profile(CI, key, Format.JWS, Set.of()), profile(QA, key, Format.COSE, Set.of(World.STRANGER))));
        world.told = new SigningQueue();
    }

    private static Profile profile(String arn, SigningKey key, Format format, Set<AccountId> accounts) {
        return new Profile(SigningProfileArn.parse(arn).orElseThrow(), key, format, accounts);
    }

    public static RuleView rule(String profile, String... filters) {
        var views = Stream.of(filters)
                .map(filter -> new FilterView(filter, "WILDCARD_MATCH"))
                .toList();
        return new RuleView(profile, views.isEmpty() ? null : views);
    }

    public void configure(RuleView... rules) {
        var input = new PutSigningConfiguration.Input(new SigningConfigurationView(List.of(rules)));
        world.call(world.the(PutSigningConfiguration.class), input);
    }

    /// All that is to be done now.
    public Failures sign() {
        return new ImageSignatures(new SignedPushes(world.metadata, world.clock), new SigningWork(means)).runOnce();
    }

    /// An image of `app` that differs from those of other notes.
    public Digest push(String note, String tag) {
        return images.put(World.APP, Images.image(note), tag);
    }

    /// The same, of somebody's own.
    public Digest push(Caller caller, ManifestBytes manifest, String tag) {
        var input = new PutImage.Input(null, World.APP, manifest, null, new Tag(tag), null);
        return world.call(caller, images.put, input).image().imageId().imageDigest();
    }

    /// What is said of an image of `app`, none of whose signatures could be made.
    public StatusView failed(Digest image) {
        assertThat(signatures(World.APP, image)).isEmpty();
        var status = statuses(image).getFirst();
        assertThat(status.status()).isEqualTo(SigningStatus.FAILED);
        return status;
    }

    public List<StatusView> statuses(Digest image) {
        return statuses(World.APP, image);
    }

    public List<StatusView> statuses(RepositoryName repository, Digest image) {
        return statuses(world.root, repository, image);
    }

    public List<StatusView> statuses(Caller caller, RepositoryName repository, Digest image) {
        var id = new ImageIdentifier(image.toString(), null);
        var input = new DescribeImageSigningStatus.Input(repository, id, null);
        return world.call(caller, world.the(DescribeImageSigningStatus.class), input)
                .signingStatuses();
    }

    /// The signatures that are stored of an image.
    public List<Digest> signatures(RepositoryName repository, Digest image) {
        var input = new ListImageReferrers.Input(
                null, repository, new ListImageReferrers.SubjectId(image), null, null, null);
        return world.call(world.the(ListImageReferrers.class), input).referrers().stream()
                .map(ListImageReferrers.ImageReferrer::digest)
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
