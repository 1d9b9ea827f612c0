package entrepot.operation.repository;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Limits;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.World;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import entrepot.operation.repository.RepositoryView.ScanningConfiguration;
import entrepot.store.TestStores;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CreateRepositoryTest {

    @AutoClose
    private World world = World.withApp();

    @Test
    void a_repository_is_answered_with_ecrs_defaults() {
        assertThat(create(input(List.of(), null)))
                .isEqualTo(new RepositoryView(
                        new Arn("arn:aws:ecr:eu-west-1:123456789012:repository/other"),
                        new AccountId("123456789012"),
                        OTHER,
                        "localhost:5000/other",
                        world.clock.instant(),
                        Mode.MUTABLE,
                        null,
                        new ScanningConfiguration(false),
                        new EncryptionConfiguration("AES256", null)));
    }

    @Test
    void every_setting_is_kept() {
        var filters = List.of(new ExclusionFilter("WILDCARD", "latest"), new ExclusionFilter("WILDCARD", "dev-*"));
        var created = create(new CreateRepository.Input(
                World.ID.account(),
                OTHER,
                List.of(new ResourceTag("team", "a")),
                Mode.IMMUTABLE_WITH_EXCLUSION,
                filters,
                new ScanningConfiguration(true),
                new EncryptionConfiguration("AES256", null)));

        assertThat(created.imageTagMutability()).isEqualTo(Mode.IMMUTABLE_WITH_EXCLUSION);
        assertThat(created.imageTagMutabilityExclusionFilters()).isEqualTo(filters);
        assertThat(created.imageScanningConfiguration().isOn()).isTrue();
        assertThat(world.call(
                        new DescribeRepositories(world.metadata),
                        new DescribeRepositories.Input(null, List.of(OTHER), null, null)))
                .isEqualTo(new DescribeRepositories.Output(List.of(created), null));
        assertThat(world.call(
                                new ListTagsForResource(world.metadata),
                                new ListTagsForResource.Input(
                                        created.repositoryArn().value()))
                        .tags())
                .containsExactly(new ResourceTag("team", "a"));
    }

    @Test
    void a_name_is_taken_once() {
        assertThat(refusal(() -> world.create(APP)))
                .isEqualTo("RepositoryAlreadyExistsException: The repository with name 'app' already exists in the"
                        + " registry with id '123456789012'");
    }

    @Test
    void a_repository_is_encrypted_by_the_key_that_was_named() {
        var key = world.keys.create(World.ID);
        var id = key.value().substring(key.value().lastIndexOf('/') + 1);

        assertThat(List.of(key.value(), id))
                .allSatisfy(named -> assertThat(encryption("KMS", named))
                        .isEqualTo(new EncryptionConfiguration("KMS", key.value())));
    }

    @Test
    void a_key_that_nobody_named_is_the_registrys_own() {
        var first = encryption("KMS", null);

        assertThat(first.kmsKey()).startsWith("arn:aws:kms:eu-west-1:123456789012:key/");
        assertThat(encryption("KMS", null)).isEqualTo(first);
    }

    @Test
    void nothing_is_encrypted_twice_but_for_governments() {
        assertThat(refusal(() -> encryption("KMS_DSSE", null)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'encryptionConfiguration' failed to"
                        + " satisfy constraint: 'encryptionType KMS_DSSE is available in the regions us-gov-* alone'");
        assertThatOtherIsAbsent();
    }

    @Test
    void no_repository_comes_to_be_whose_key_cannot_be_used() {
        var key = world.keys.create(World.ID);
        world.keys.disable(key);

        assertThat(refusal(() -> encryption("KMS", key.value()))).isEqualTo("KmsException: " + key + " is disabled.");
        assertThat(refusal(() -> encryption("KMS", "absent"))).isEqualTo("KmsException: Invalid keyId 'absent'");
        assertThatOtherIsAbsent();
    }

    @Test
    void nothing_is_stored_less_encrypted_than_asked() {
        var create = new CreateRepository(
                world.metadata, TestStores.vault(world.blobs), world.decisions, world.clock, world.limits);

        assertThat(refusal(() -> world.call(create, input(List.of(), new EncryptionConfiguration("KMS", null)))))
                .isEqualTo("KmsException: No key service is configured, so encryption by a key is not available");
        assertThatOtherIsAbsent();
    }

    /// Of a repository that is deleted then.
    private EncryptionConfiguration encryption(String type, @Nullable String key) {
        var made = create(input(List.of(), new EncryptionConfiguration(type, key)));
        var described = world.call(
                        new DescribeRepositories(world.metadata),
                        new DescribeRepositories.Input(null, List.of(OTHER), null, null))
                .repositories();
        assertThat(described).containsExactly(made);
        world.delete(OTHER);
        return made.encryptionConfiguration();
    }

    @Test
    void a_key_without_a_key_service_is_refused() {
        assertThat(refusal(() -> create(input(List.of(), new EncryptionConfiguration("AES256", "alias/a")))))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'encryptionConfiguration' failed to"
                        + " satisfy constraint: 'kmsKey must not be given with encryptionType AES256'");
    }

    @Test
    void exclusions_belong_to_the_modes_that_have_them() {
        assertThat(refusal(() -> world.create(OTHER, Mode.IMMUTABLE_WITH_EXCLUSION)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'imageTagMutabilityExclusionFilters'"
                        + " failed to satisfy constraint: 'ImageTagMutabilityExclusionFilters can't be null when"
                        + " imageTagMutability is set as IMMUTABLE_WITH_EXCLUSION'");
        assertThatOtherIsAbsent();
    }

    @Test
    void a_repository_has_at_most_fifty_tags() {
        var tags = IntStream.rangeClosed(1, 51)
                .mapToObj(i -> new ResourceTag("key " + i, ""))
                .toList();

        assertThat(refusal(() -> create(input(tags, null))))
                .isEqualTo("TooManyTagsException: A repository can have at most 50 tags");
        assertThatOtherIsAbsent();
        assertThat(create(input(tags.subList(0, 50), null)).repositoryName()).isEqualTo(OTHER);
    }

    @Test
    void a_tag_that_no_resource_may_have_makes_no_repository() {
        assertThat(refusal(() -> create(input(List.of(new ResourceTag("aws:cost", "x")), null))))
                .isEqualTo("InvalidTagParameterException: The tag key 'aws:cost' is reserved: it begins with 'aws:'");
        assertThatOtherIsAbsent();
    }

    @Test
    void a_registry_has_as_many_repositories_as_it_may() {
        world.close();
        world = World.withApp(new Limits(
                new Limits.OfRegistry(1, 1, 1),
                new Limits.OfImage(1, 1),
                new Limits.OfLayer(1, 1),
                new Limits.OfPrincipal(1, 1),
                1));

        assertThat(refusal(() -> world.create(OTHER)))
                .isEqualTo("LimitExceededException: The registry with id '123456789012' already has the maximum"
                        + " allowed number of repositories which is '1'");
        world.delete(APP);
        world.create(OTHER);
        assertThat(world.repository(OTHER).name()).isEqualTo(OTHER);
    }

    @Test
    void another_accounts_registry_is_not_the_callers_to_write() {
        assertThat(refusal(
                        () -> create(new CreateRepository.Input(World.STRANGER, OTHER, null, null, null, null, null))))
                .isEqualTo(World.denied("CreateRepository", OTHER));
    }

    private static CreateRepository.Input input(List<ResourceTag> tags, @Nullable EncryptionConfiguration encryption) {
        return new CreateRepository.Input(null, OTHER, tags, null, null, null, encryption);
    }

    private RepositoryView create(CreateRepository.Input input) {
        return world.call(
                        new CreateRepository(world.metadata, world.vault, world.decisions, world.clock, world.limits),
                        input)
                .repository();
    }

    private void assertThatOtherIsAbsent() {
        assertThat(refusal(() -> world.repository(OTHER))).isEqualTo(World.absent(OTHER));
    }
}
