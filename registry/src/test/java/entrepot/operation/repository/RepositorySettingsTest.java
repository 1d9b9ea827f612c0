package entrepot.operation.repository;

import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.repository.RepositoryView.ExclusionFilter;
import entrepot.operation.repository.RepositoryView.ScanningConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PutImageTagMutability and PutImageScanningConfiguration.
class RepositorySettingsTest {

    @AutoClose
    private final World world = World.withApp();

    @Test
    void the_new_mutability_is_answered_and_described() {
        var filters = List.of(new ExclusionFilter("WILDCARD", "v*"));

        assertThat(mutability(APP, Mode.IMMUTABLE_WITH_EXCLUSION, filters))
                .isEqualTo(new PutImageTagMutability.Output(
                        World.ID.account(), APP, Mode.IMMUTABLE_WITH_EXCLUSION, filters));
        assertThat(described().imageTagMutability()).isEqualTo(Mode.IMMUTABLE_WITH_EXCLUSION);
        assertThat(described().imageTagMutabilityExclusionFilters()).isEqualTo(filters);

        assertThat(mutability(APP, Mode.MUTABLE, null).imageTagMutabilityExclusionFilters())
                .isNull();
        assertThat(described().imageTagMutabilityExclusionFilters()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "MUTABLE,, v1, true",
        "IMMUTABLE,, v1, false",
        "IMMUTABLE_WITH_EXCLUSION, v*, v1, true",
        "IMMUTABLE_WITH_EXCLUSION, v*, w1, false",
        "MUTABLE_WITH_EXCLUSION, v*, v1, false",
        "MUTABLE_WITH_EXCLUSION, v*, w1, true"
    })
    void the_next_push_goes_by_it(Mode mode, @Nullable String filter, String tag, boolean moves) {
        var images = Images.into(world, APP);
        images.put(APP, image("old"), tag);
        mutability(APP, mode, filter == null ? null : List.of(new ExclusionFilter("WILDCARD", filter)));

        if (moves) {
            images.put(APP, image("new"), tag);
        } else {
            assertThat(refusal(() -> images.put(APP, image("new"), tag)))
                    .isEqualTo("ImageTagAlreadyExistsException: The image tag '" + tag + "' already exists in the"
                            + " 'app' repository and cannot be overwritten because the tag is immutable.");
        }
        assertThat(images.get(APP, Images.byTag(tag)).images().getFirst().imageManifest())
                .isEqualTo(image(moves ? "new" : "old"));
    }

    @Test
    void exclusions_belong_to_the_modes_that_have_them() {
        assertThat(refusal(() -> mutability(APP, Mode.MUTABLE_WITH_EXCLUSION, null)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'imageTagMutabilityExclusionFilters'"
                        + " failed to satisfy constraint: 'ImageTagMutabilityExclusionFilters can't be null when"
                        + " imageTagMutability is set as MUTABLE_WITH_EXCLUSION'");
        assertThat(refusal(() -> mutability(APP, Mode.IMMUTABLE, List.of(new ExclusionFilter("WILDCARD", "v")))))
                .startsWith("InvalidParameterException: Invalid parameter at 'imageTagMutabilityExclusionFilters'");
        assertThat(refusal(() -> mutability(
                        APP, Mode.IMMUTABLE_WITH_EXCLUSION, List.of(new ExclusionFilter("WILDCARD", "*a*b*")))))
                .startsWith("InvalidParameterException: Invalid parameter at 'imageTagMutabilityExclusionFilters'");
        assertThat(described().imageTagMutability()).isEqualTo(Mode.MUTABLE);
    }

    @Test
    void scan_on_push_is_remembered_and_absent_means_off() {
        assertThat(scanning(APP, new ScanningConfiguration(true)))
                .isEqualTo(new PutImageScanningConfiguration.Output(
                        World.ID.account(), APP, new ScanningConfiguration(true)));
        assertThat(described().imageScanningConfiguration().isOn()).isTrue();

        scanning(APP, new ScanningConfiguration(null));
        assertThat(described().imageScanningConfiguration().isOn()).isFalse();
    }

    @Test
    void an_absent_repository_has_no_settings() {
        assertThat(refusal(() -> mutability(OTHER, Mode.MUTABLE, null))).isEqualTo(World.absent(OTHER));
        assertThat(refusal(() -> scanning(OTHER, new ScanningConfiguration(true))))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_settings_are_not_the_callers() {
        assertThat(refusal(() -> world.call(
                        new PutImageTagMutability(world.metadata),
                        new PutImageTagMutability.Input(World.STRANGER, APP, Mode.MUTABLE, null))))
                .isEqualTo(World.denied("PutImageTagMutability", APP));
        assertThat(refusal(() -> world.call(
                        new PutImageScanningConfiguration(world.metadata),
                        new PutImageScanningConfiguration.Input(World.STRANGER, APP, new ScanningConfiguration(true)))))
                .isEqualTo(World.denied("PutImageScanningConfiguration", APP));
    }

    private PutImageTagMutability.Output mutability(
            RepositoryName name, Mode mode, @Nullable List<ExclusionFilter> filters) {
        return world.call(
                new PutImageTagMutability(world.metadata), new PutImageTagMutability.Input(null, name, mode, filters));
    }

    private PutImageScanningConfiguration.Output scanning(RepositoryName name, ScanningConfiguration configuration) {
        return world.call(
                new PutImageScanningConfiguration(world.metadata),
                new PutImageScanningConfiguration.Input(null, name, configuration));
    }

    private RepositoryView described() {
        return world.call(
                        new DescribeRepositories(world.metadata),
                        new DescribeRepositories.Input(null, List.of(APP), null, null))
                .repositories()
                .getFirst();
    }
}
