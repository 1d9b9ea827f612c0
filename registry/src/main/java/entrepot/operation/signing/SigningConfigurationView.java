package entrepot.operation.signing;

import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `SigningConfiguration`.
public record SigningConfigurationView(List<RuleView> rules) {

    /// ECR's `SigningRule`.
    public record RuleView(
            String signingProfileArn, @Nullable List<FilterView> repositoryFilters) {

        static RuleView of(SigningRules.Rule rule) {
            var filters = rule.filters().stream()
                    .map(filter -> new FilterView(filter, "WILDCARD_MATCH"))
                    .toList();
            return new RuleView(rule.profile().value(), filters.isEmpty() ? null : filters);
        }
    }

    /// ECR's `SigningRepositoryFilter`, of which there is one type.
    public record FilterView(String filter, String filterType) {}

    static SigningConfigurationView of(SigningRules rules) {
        return new SigningConfigurationView(
                rules.rules().stream().map(RuleView::of).toList());
    }

    /// Fails with a refusal if the registry can have no such rules.
    SigningRules checked(RegistryId registry) {
        return new SigningRules(rules.stream().map(rule -> rule(registry, rule)).toList());
    }

    private static SigningRules.Rule rule(RegistryId registry, RuleView rule) {
        var profile = SigningProfileArn.parse(rule.signingProfileArn())
                .filter(arn -> arn.isIn(registry))
                .orElseThrow(() -> new RegistryException(new JsonAloneError.InvalidParameter(
                        "signingProfileArn", "The signing profile must be in the region of the registry")));
        var filters = rule.repositoryFilters() == null ? List.<FilterView>of() : rule.repositoryFilters();
        return new SigningRules.Rule(
                profile, filters.stream().map(FilterView::filter).toList());
    }
}
