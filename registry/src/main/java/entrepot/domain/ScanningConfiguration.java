package entrepot.domain;

import java.util.List;

/// How the images of a registry are scanned. Source: ECR API, RegistryScanningConfiguration.
public record ScanningConfiguration(Type type, List<Rule> rules) {

    /// Of a registry that nobody has configured.
    public static final ScanningConfiguration USUAL = new ScanningConfiguration(Type.BASIC, List.of());

    public ScanningConfiguration {
        rules = List.copyOf(rules);
    }

    /// ECR's `ScanType`.
    public enum Type {
        BASIC,
        ENHANCED
    }

    /// ECR's `ScanFrequency`.
    public enum Frequency {
        SCAN_ON_PUSH,
        CONTINUOUS_SCAN,
        MANUAL
    }

    /// How often images are scanned of the repositories that one of the filters is for.
    public record Rule(Frequency frequency, List<ScanFilter> filters) {
        public Rule {
            filters = List.copyOf(filters);
        }

        private List<ScanFilter> matching(RepositoryName name) {
            return filters.stream().filter(filter -> filter.matches(name)).toList();
        }
    }

    /// What comes of it for one repository.
    ///
    /// @param filters those by which it is so
    public record Applied(Frequency frequency, List<ScanFilter> filters) {

        public boolean isOnPush() {
            return frequency != Frequency.MANUAL;
        }
    }

    /// A rule to scan continuously goes before one to scan on push. Enhanced scanning without rules is continuous for
    /// all; what the repository itself says counts in basic scanning alone.
    public Applied of(Repository repository) {
        return switch (type) {
            case BASIC -> basic(repository);
            case ENHANCED ->
                rules.isEmpty()
                        ? new Applied(Frequency.CONTINUOUS_SCAN, List.of())
                        : byRule(repository.name(), Frequency.CONTINUOUS_SCAN, Frequency.SCAN_ON_PUSH);
        };
    }

    private Applied basic(Repository repository) {
        var byRule = byRule(repository.name(), Frequency.SCAN_ON_PUSH);
        return repository.scanOnPush() ? new Applied(Frequency.SCAN_ON_PUSH, byRule.filters()) : byRule;
    }

    /// By the first of these frequencies that a rule gives it.
    private Applied byRule(RepositoryName name, Frequency... frequencies) {
        for (var frequency : frequencies) {
            var filters = rules.stream()
                    .filter(rule -> rule.frequency() == frequency)
                    .flatMap(rule -> rule.matching(name).stream())
                    .distinct()
                    .toList();
            if (!filters.isEmpty()) {
                return new Applied(frequency, filters);
            }
        }
        return new Applied(Frequency.MANUAL, List.of());
    }
}
