package entrepot.operation;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.ID;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.error;
import static entrepot.operation.World.isTaken;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Arn;
import entrepot.domain.Content;
import entrepot.domain.KeyArn;
import entrepot.domain.Law;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.key.KeyWorld;
import entrepot.operation.key.RepositoryKeys;
import entrepot.operation.key.grant.Constraints;
import entrepot.operation.key.grant.ListGrants;
import entrepot.operation.layer.GetDownloadUrlForLayer;
import entrepot.operation.repository.CreateRepository;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.sealing.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The grants that ECR has of a repository's key: with them goes all that needs the key.
class RepositoryGrantsTest {

    private static final byte[] LAYER = "a layer of many bytes. ".repeat(10_000).getBytes(UTF_8);
    private static final String ECR = "ecr.eu-west-1.amazonaws.com";

    @AutoClose
    private final World world = World.withApp();

    private final KeyWorld keys = new KeyWorld(world);
    private final RepositoryName sealed = new RepositoryName("sealed");
    private final RepositoryName same = new RepositoryName("sealed/same");
    private final Layers layers = new Layers(world);
    private Images images;
    private String key;

    @BeforeEach
    void make_a_repository() {
        var arn = world.createEncrypted(sealed);
        world.createEncrypted(same, arn);
        key = KeyArn.parse(arn.value()).orElseThrow().id();
        images = Images.into(world, sealed);
    }

    private List<ListGrants.Entry> grants(RepositoryName repository) {
        var context = Map.of("aws:ecr:arn", ID.repository(repository).value());
        return keys.grants(key).stream()
                .filter(grant -> grant.constraints() != null
                        && context.equals(grant.constraints().encryptionContextSubset()))
                .toList();
    }

    private void revoke(RepositoryName repository) {
        grants(repository).forEach(grant -> keys.revoke(key, grant.grantId()));
    }

    private void forget() {
        world.clock.move(World.KEYS_REMEMBERED);
    }

    private void assertRefused(String operation, ThrowingCallable call) {
        assertThat(error(call))
                .isEqualTo(new RepositoryError.Kms(
                        "KMS.AccessDeniedException",
                        "No grant of %s lets ECR perform kms:%s for %s"
                                .formatted(KeyWorld.arn(key), operation, ID.repository(sealed))));
    }

    @Test
    void a_repository_has_two_grants_of_its_key_for_itself_alone() {
        assertThat(keys.grants(key)).hasSize(4);
        assertThat(grants(sealed)).hasSize(2).allSatisfy(grant -> {
            assertThat(grant.granteePrincipal()).isEqualTo(ECR);
            assertThat(grant.retiringPrincipal()).isEqualTo(ECR);
            assertThat(grant.issuingAccount()).isEqualTo("arn:aws:iam::123456789012:root");
        });
        assertThat(grants(sealed))
                .extracting(ListGrants.Entry::operations)
                .containsExactlyInAnyOrder(
                        List.of("Decrypt", "GenerateDataKey"), List.of("DescribeKey", "RetireGrant"));
    }

    @Test
    void the_grants_end_with_the_repository() {
        world.delete(sealed);

        assertThat(grants(sealed)).isEmpty();
        assertThat(grants(same)).hasSize(2);
    }

    @Test
    void the_usual_key_is_granted_too() {
        create(OTHER, null);
        var usual = KeyArn.parse(new RepositoryKeys(world.metadata, world.clock)
                        .managed(ID)
                        .arn()
                        .value())
                .orElseThrow();

        assertThat(keys.grants(usual.id())).hasSize(2);
    }

    @Test
    void a_repository_that_does_not_come_to_be_has_no_grants() {
        assertThat(isTaken(() -> create(APP, KeyWorld.arn(key).toString()))).isFalse();

        assertThat(grants(APP)).isEmpty();
    }

    private void create(RepositoryName name, @Nullable String named) {
        var encryption = new EncryptionConfiguration("KMS", named);
        world.call(
                world.the(CreateRepository.class),
                new CreateRepository.Input(null, name, null, null, null, null, encryption));
    }

    @Test
    void nothing_goes_in_or_out_when_the_grant_is_revoked() {
        var image = images.put(sealed, Images.image("a"), "v1");
        images.put(sealed, Images.about(image), null);
        var layer = Layers.sha256(Images.LAYER);
        var upload = layers.begin(sealed);
        layers.append(sealed, upload, new Content.Bytes(new byte[10]));
        revoke(sealed);
        assertRefused("GenerateDataKey", () -> layers.begin(sealed));
        forget();

        assertRefused("Decrypt", () -> layers.append(sealed, upload, new Content.Bytes(new byte[10])));
        assertRefused("Decrypt", () -> layers.complete(Law.ECR, sealed, upload, Layers.sha256(new byte[10])));
        assertRefused("Decrypt", () -> layers.bytes(sealed, layer));
        assertRefused(
                "Decrypt",
                () -> world.call(
                        world.the(GetDownloadUrlForLayer.class),
                        new GetDownloadUrlForLayer.Input(null, sealed, layer.toString())));
        assertRefused("Decrypt", () -> images.put(sealed, Images.image("b"), "v2"));
        assertRefused(
                "Decrypt",
                () -> world.call(
                        world.the(ListImageReferrers.class),
                        new ListImageReferrers.Input(
                                null, sealed, new ListImageReferrers.SubjectId(image), null, null, null)));
        assertRefused(
                "Decrypt",
                () -> world.call(
                        Law.OCI,
                        world.the(BatchGetImage.class),
                        new BatchGetImage.Input(null, sealed, List.of(Images.byTag("v1")), null)));
        assertThat(images.delete(Law.ECR, sealed, Images.byTag("v1")).failures())
                .isEmpty();
    }

    @Test
    void a_new_grant_brings_everything_back() {
        images.put(sealed, Images.image("a"), "v1");
        revoke(sealed);
        forget();
        assertThat(images.get(sealed, Images.byTag("v1")).images()).isEmpty();

        var constraints =
                new Constraints(Map.of("aws:ecr:arn", ID.repository(sealed).value()), null, null);
        keys.grant(world.root, key, ECR, constraints, "Decrypt", "GenerateDataKey");

        assertThat(images.get(sealed, Images.byTag("v1")).images()).hasSize(1);
        assertThat(layers.bytes(sealed, Layers.sha256(Images.LAYER))).isEqualTo(Images.LAYER);
        assertThat(layers.push(sealed, LAYER)).isNotNull();
    }

    @Test
    void a_grant_of_another_repository_or_for_no_one_repository_is_not_enough() {
        revoke(sealed);
        forget();

        keys.grant(world.root, key, ECR, null, "Decrypt", "GenerateDataKey");

        assertRefused("GenerateDataKey", () -> layers.begin(sealed));
        assertThat(layers.push(same, LAYER)).isNotNull();
    }

    @Test
    void a_shared_layer_is_read_by_the_grant_of_the_repository_that_is_read() {
        var layer = layers.push(sealed, LAYER);
        layers.push(same, LAYER);
        assertThat(layers.stored(same, layer).keys())
                .as("one blob under one key")
                .isEqualTo(layers.stored(sealed, layer).keys());
        revoke(sealed);
        forget();

        assertRefused("Decrypt", () -> layers.bytes(sealed, layer));
        assertThat(layers.bytes(same, layer)).isEqualTo(LAYER);
    }

    @Test
    void a_shared_layer_outlives_the_repository_that_uploaded_it() {
        var layer = layers.push(sealed, LAYER);
        layers.push(same, LAYER);
        world.delete(sealed);
        forget();

        assertThat(layers.bytes(same, layer)).isEqualTo(LAYER);
        revoke(same);
        forget();
        assertThat(isTaken(() -> layers.bytes(same, layer))).isFalse();
    }

    @Test
    void without_a_memory_a_revocation_is_felt_at_once() {
        var vault = new Vault(world.blobs, new RepositoryKeys(world.metadata, world.clock), Duration.ZERO, world.clock);
        vault.require(world.repository(sealed), null);

        revoke(sealed);

        assertRefused("Decrypt", () -> vault.require(world.repository(sealed), null));
        assertRefused("Decrypt", () -> vault.cover(world.repository(sealed)));
    }

    @Test
    void a_key_that_is_gone_is_told_to_be_gone() {
        var stored = keys.stored(key);
        world.metadata.transact(tx -> {
            tx.encryptionKeys().delete(stored);
            return key;
        });
        forget();

        assertThat(error(() -> layers.begin(sealed)))
                .isEqualTo(new RepositoryError.Kms(
                        "KMS.NotFoundException", "Key '%s' does not exist".formatted(KeyWorld.arn(key))));
        world.delete(sealed);
    }

    @Test
    void a_repository_made_again_under_another_key_has_nothing_of_the_old_grants() {
        world.delete(sealed);
        Arn other = world.createEncrypted(sealed);

        assertThat(grants(sealed)).isEmpty();
        assertThat(keys.grants(KeyArn.parse(other.value()).orElseThrow().id())).hasSize(2);
    }
}
