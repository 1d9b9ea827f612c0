package entrepot.operation.scanning;

import static entrepot.operation.World.refusal;
import static entrepot.scan.ScannedWorld.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RepositoryName;
import entrepot.domain.ScanFilter;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.operation.World;
import entrepot.operation.scanning.BatchGetRepositoryScanningConfiguration.Failure;
import entrepot.operation.scanning.BatchGetRepositoryScanningConfiguration.View;
import entrepot.operation.scanning.ScanningConfigurationView.FilterView;
import entrepot.scan.ScannedWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanningConfigurationTest {

    private static final RepositoryName PROD = new RepositoryName("prod/app");

    @TempDir
    Path folder;

    @AutoClose
    private ScannedWorld scanned;

    @BeforeEach
    void open() throws IOException, SQLException {
        scanned = new ScannedWorld(folder);
        scanned.world.create(PROD);
    }

    /// The table of ECR's user guide.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        prod      | prod repo-prod prod-repo repo-prod-repo prodrepo | repo pro
        *prod     | prod repo-prod                                   | prod-repo repo-prod-repo prodrepo
        prod*     | prod prod-repo prodrepo                          | repo-prod repo-prod-repo
        *prod*    | prod repo-prod prod-repo repo-prod-repo prodrepo | repo pro
        prod*repo | prod-repo prodrepo                               | prod repo-prod repo-prod-repo
        """)
    void a_filter_matches_as_the_user_guide_says(String filter, String matching, String others) {
        assertThat(names(matching)).allMatch(name -> new ScanFilter(filter).matches(name));
        assertThat(names(others)).noneMatch(name -> new ScanFilter(filter).matches(name));
    }

    private static Stream<RepositoryName> names(String names) {
        return Stream.of(names.split(" ")).map(RepositoryName::new);
    }

    private ScanningConfigurationView configuration() {
        return scanned.world
                .call(scanned.the(GetRegistryScanningConfiguration.class), new GetRegistryScanningConfiguration.Input())
                .scanningConfiguration();
    }

    @Test
    void a_registry_scans_basically_and_nothing_by_itself() {
        assertThat(configuration())
                .isEqualTo(new ScanningConfigurationView(ScanningConfiguration.Type.BASIC, List.of()));
        assertThat(only(World.APP)).isEqualTo("false MANUAL []");
    }

    @Test
    void a_configuration_is_kept_as_it_was_put_until_another_is() {
        var both = new ScanningConfigurationView(
                ScanningConfiguration.Type.ENHANCED,
                List.of(rule(Frequency.CONTINUOUS_SCAN, "prod", "*x*"), rule(Frequency.SCAN_ON_PUSH, "*")));
        scanned.configure(
                ScanningConfiguration.Type.ENHANCED, both.rules().toArray(ScanningConfigurationView.RuleView[]::new));
        assertThat(configuration()).isEqualTo(both);

        scanned.configure(ScanningConfiguration.Type.BASIC);
        assertThat(configuration())
                .isEqualTo(new ScanningConfigurationView(ScanningConfiguration.Type.BASIC, List.of()));
    }

    private String only(RepositoryName name) {
        var view = scanned.configurations(name).scanningConfigurations().getFirst();
        return "%s %s %s"
                .formatted(
                        view.scanOnPush(),
                        view.scanFrequency(),
                        view.appliedScanFilters().stream()
                                .map(FilterView::filter)
                                .toList());
    }

    @Test
    void continuous_scanning_goes_before_scanning_on_push() {
        scanned.configure(
                ScanningConfiguration.Type.ENHANCED,
                rule(Frequency.SCAN_ON_PUSH, "*"),
                rule(Frequency.CONTINUOUS_SCAN, "prod", "none"));

        assertThat(only(PROD)).isEqualTo("false CONTINUOUS_SCAN [prod]");
        assertThat(only(World.APP)).isEqualTo("true SCAN_ON_PUSH [*]");
    }

    @Test
    void enhanced_scanning_is_of_all_or_of_what_matches() {
        scanned.scanOnPush(World.APP);
        scanned.configure(ScanningConfiguration.Type.ENHANCED);
        assertThat(only(PROD)).isEqualTo("false CONTINUOUS_SCAN []");

        scanned.configure(ScanningConfiguration.Type.ENHANCED, rule(Frequency.SCAN_ON_PUSH, "prod"));
        assertThat(only(World.APP)).isEqualTo("true MANUAL []");
    }

    @Test
    void in_basic_scanning_the_repository_has_its_say() {
        scanned.scanOnPush(World.APP);
        scanned.configure(ScanningConfiguration.Type.BASIC, rule(Frequency.SCAN_ON_PUSH, "prod*"));

        assertThat(only(World.APP)).isEqualTo("true SCAN_ON_PUSH []");
        assertThat(only(PROD)).isEqualTo("true SCAN_ON_PUSH [prod*]");
    }

    @Test
    void what_is_not_there_is_a_failure_of_its_own() {
        var answer = scanned.configurations(World.APP, new RepositoryName("none"), World.APP);

        assertThat(answer.scanningConfigurations())
                .extracting(View::repositoryName)
                .containsExactly(World.APP);
        assertThat(answer.failures())
                .containsExactly(new Failure(
                        new RepositoryName("none"),
                        "REPOSITORY_NOT_FOUND",
                        "The repository with name 'none' does not exist in the registry with id '123456789012'"));
    }

    @ParameterizedTest
    @CsvSource({"BASIC,CONTINUOUS_SCAN", "ENHANCED,MANUAL"})
    void each_type_has_its_frequencies(ScanningConfiguration.Type type, Frequency frequency) {
        assertThat(refusal(() -> scanned.configure(type, rule(frequency, "*"))))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'scanFrequency' failed to satisfy"
                        + " constraint: 'Scan frequency %s is not supported for scan type %s'"
                                .formatted(frequency, type));
    }

    @Test
    void a_frequency_has_one_rule() {
        var push = rule(Frequency.SCAN_ON_PUSH, "a");

        assertThat(refusal(() -> scanned.configure(ScanningConfiguration.Type.BASIC, push, push)))
                .startsWith("InvalidParameterException");
    }
}
