package entrepot.operation.scanning;

import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.ScanFilter;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.domain.ScanningConfiguration.Rule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// ECR's `RegistryScanningConfiguration`.
public record ScanningConfigurationView(ScanningConfiguration.Type scanType, List<RuleView> rules) {

    /// ECR's `RegistryScanningRule`.
    public record RuleView(Frequency scanFrequency, List<FilterView> repositoryFilters) {}

    /// ECR's `ScanningRepositoryFilter`; `WILDCARD` is the one type there is.
    public record FilterView(String filter, String filterType) {
        static FilterView of(ScanFilter filter) {
            return new FilterView(filter.text(), "WILDCARD");
        }
    }

    static ScanningConfigurationView of(ScanningConfiguration configuration) {
        return new ScanningConfigurationView(
                configuration.type(),
                configuration.rules().stream()
                        .map(rule -> new RuleView(
                                rule.frequency(),
                                rule.filters().stream().map(FilterView::of).toList()))
                        .toList());
    }

    /// What a request's two members mean together. Each type has its frequencies, and each frequency one rule.
    static ScanningConfiguration configuration(
            ScanningConfiguration.@Nullable Type type, @Nullable List<RuleView> rules) {
        var meant = type == null ? ScanningConfiguration.Type.BASIC : type;
        var given = rules == null ? List.<RuleView>of() : rules;
        var allowed = allowed(meant);
        for (var rule : given) {
            if (!allowed.contains(rule.scanFrequency())) {
                throw invalid(
                        "scanFrequency",
                        "Scan frequency %s is not supported for scan type %s".formatted(rule.scanFrequency(), meant));
            }
        }
        if (given.stream().map(RuleView::scanFrequency).distinct().count() < given.size()) {
            throw invalid("rules", "Each scan frequency can have at most one rule");
        }
        return new ScanningConfiguration(
                meant,
                given.stream()
                        .map(rule -> new Rule(rule.scanFrequency(), filters(rule)))
                        .toList());
    }

    private static List<ScanFilter> filters(RuleView rule) {
        return rule.repositoryFilters().stream()
                .map(filter -> new ScanFilter(filter.filter()))
                .toList();
    }

    private static Set<Frequency> allowed(ScanningConfiguration.Type type) {
        return switch (type) {
            case BASIC -> Set.of(Frequency.SCAN_ON_PUSH, Frequency.MANUAL);
            case ENHANCED -> Set.of(Frequency.SCAN_ON_PUSH, Frequency.CONTINUOUS_SCAN);
        };
    }

    private static RegistryException invalid(String member, String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter(member, constraint));
    }
}
