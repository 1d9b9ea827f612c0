package entrepot.acceptance;

import static entrepot.acceptance.Served.ACCOUNT;
import static entrepot.acceptance.Served.ECR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.InvalidTagParameterException;
import software.amazon.awssdk.services.ecr.model.KmsException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.SigningConfigurationNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

class RepositoryOperationsTest {

    private static final String ABSENT = "00000000-0000-0000-0000-000000000000";

    private final String name = "team/" + UUID.randomUUID();

    @Test
    void create_repository_answers_what_was_asked_for() {
        var made = ECR.createRepository(request -> request.repositoryName(name)
                        .imageTagMutability(ImageTagMutability.IMMUTABLE)
                        .imageScanningConfiguration(scanning -> scanning.scanOnPush(true))
                        .tags(tag("team", "blue")))
                .repository();

        assertThat(made.repositoryArn()).isEqualTo("arn:aws:ecr:us-east-1:%s:repository/%s".formatted(ACCOUNT, name));
        assertThat(made.registryId()).isEqualTo(ACCOUNT);
        assertThat(made.repositoryUri()).endsWith("/" + name);
        assertThat(made.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
        assertThat(made.imageScanningConfiguration().scanOnPush()).isTrue();
        assertThat(made.encryptionConfiguration().encryptionType()).isEqualTo(EncryptionType.AES256);
        assertThat(tagsOf(made)).containsExactly(tag("team", "blue"));
    }

    @Test
    void create_repository_refuses_a_taken_name_a_bad_one_and_a_key_that_is_not_there() {
        create();
        assertThatExceptionOfType(RepositoryAlreadyExistsException.class)
                .isThrownBy(this::create)
                .withMessageContaining("already exists in the registry with id '" + ACCOUNT + "'");
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ECR.createRepository(request -> request.repositoryName("Upper")))
                .withMessageContaining("must satisfy regular expression");
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> ECR.createRepository(request -> request.repositoryName(name + "-kms")
                        .encryptionConfiguration(encryption ->
                                encryption.encryptionType(EncryptionType.KMS).kmsKey(ABSENT))))
                .satisfies(refusal -> assertThat(refusal.kmsError()).startsWith("KMS."));
    }

    @Test
    void a_repository_of_type_kms_tells_its_key() {
        var made = ECR.createRepository(request -> request.repositoryName(name)
                        .encryptionConfiguration(encryption -> encryption.encryptionType(EncryptionType.KMS)))
                .repository();

        assertThat(made.encryptionConfiguration().encryptionType()).isEqualTo(EncryptionType.KMS);
        assertThat(made.encryptionConfiguration().kmsKey())
                .startsWith("arn:aws:kms:us-east-1:%s:key/".formatted(ACCOUNT));
    }

    @Test
    void describe_repositories_finds_by_name_and_pages_through_all() {
        create();
        Served.newRepository();
        var named = ECR.describeRepositories(request -> request.repositoryNames(name));
        assertThat(named.repositories()).extracting(Repository::repositoryName).containsExactly(name);
        assertThat(ECR.describeRepositoriesPaginator(request -> request.maxResults(1))
                        .repositories())
                .extracting(Repository::repositoryName)
                .contains(name)
                .isSorted();
        assertThatExceptionOfType(RepositoryNotFoundException.class)
                .isThrownBy(() -> ECR.describeRepositories(request -> request.repositoryNames(name + "-not")));
    }

    @Test
    void delete_repository_wants_force_where_images_are() {
        create();
        EcrPush.image(name, "v1");
        assertThatExceptionOfType(RepositoryNotEmptyException.class)
                .isThrownBy(() -> ECR.deleteRepository(request -> request.repositoryName(name)));
        ECR.deleteRepository(request -> request.repositoryName(name).force(true));
        assertThatExceptionOfType(RepositoryNotFoundException.class)
                .isThrownBy(() -> ECR.deleteRepository(request -> request.repositoryName(name)));
    }

    @Test
    void put_image_tag_mutability_makes_tags_stay() {
        create();
        EcrPush.image(name, "v1");
        var changed = ECR.putImageTagMutability(
                request -> request.repositoryName(name).imageTagMutability(ImageTagMutability.IMMUTABLE));
        assertThat(changed.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
        assertThatExceptionOfType(ImageTagAlreadyExistsException.class)
                .isThrownBy(() -> EcrPush.image(name, "v1"))
                .withMessageContaining("The image tag 'v1' already exists in the '%s' repository", name);
    }

    @Test
    void put_image_scanning_configuration_is_kept() {
        create();
        ECR.putImageScanningConfiguration(request ->
                request.repositoryName(name).imageScanningConfiguration(scanning -> scanning.scanOnPush(true)));
        assertThat(described().imageScanningConfiguration().scanOnPush()).isTrue();
        ECR.putImageScanningConfiguration(
                request -> request.repositoryName(name).imageScanningConfiguration(scanning -> {}));
        assertThat(described().imageScanningConfiguration().scanOnPush()).isFalse();
    }

    @Test
    void resource_tags_are_put_listed_and_taken_away() {
        create();
        var arn = described().repositoryArn();
        ECR.tagResource(request -> request.resourceArn(arn).tags(tag("a", "1"), tag("b", "2")));
        ECR.tagResource(request -> request.resourceArn(arn).tags(tag("a", "3")));
        ECR.untagResource(request -> request.resourceArn(arn).tagKeys("b", "never"));
        assertThat(tagsOf(described())).containsExactly(tag("a", "3"));
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ECR.listTagsForResource(request -> request.resourceArn("arn:nothing")));
        assertThatExceptionOfType(InvalidTagParameterException.class)
                .isThrownBy(() ->
                        ECR.tagResource(request -> request.resourceArn(arn).tags(tag("aws:mine", "1"))));
        assertThatExceptionOfType(RepositoryNotFoundException.class)
                .isThrownBy(() -> ECR.listTagsForResource(request -> request.resourceArn(arn + "-not")));
    }

    @Test
    void a_registry_that_signs_nothing_says_so() {
        assertThatExceptionOfType(SigningConfigurationNotFoundException.class)
                .isThrownBy(() -> ECR.getSigningConfiguration(request -> {}));
    }

    private void create() {
        ECR.createRepository(request -> request.repositoryName(name));
    }

    private Repository described() {
        return ECR.describeRepositories(request -> request.repositoryNames(name))
                .repositories()
                .getFirst();
    }

    private static List<Tag> tagsOf(Repository repository) {
        return ECR.listTagsForResource(request -> request.resourceArn(repository.repositoryArn()))
                .tags();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
