package entrepot.operation.replication;

import entrepot.domain.AccountId;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.ReplicationRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ECR's `ReplicationConfiguration`.
public record ReplicationConfiguration(List<Rule> rules) {

    /// ECR's `ReplicationRule`.
    public record Rule(
            List<Destination> destinations,
            @Nullable List<Filter> repositoryFilters,
            @Nullable DeleteReplication deleteReplication) {}

    /// ECR's `ReplicationDestination`.
    public record Destination(String region, AccountId registryId) {

        static Destination of(RegistryId registry) {
            return new Destination(registry.region(), registry.account());
        }

        /// Fails with a refusal if there can be no such region.
        ///
        /// @param parameter where it stands
        RegistryId registry(String parameter) {
            if (!RegistryId.isRegion(region)) {
                throw refused(parameter, "Replication destination region is not valid");
            }
            return new RegistryId(registryId, region);
        }
    }

    /// ECR's `RepositoryFilter`, of which there is one type.
    public record Filter(String filter, String filterType) {}

    public record DeleteReplication(boolean enabled) {}

    private static final String NAME = "replicationConfiguration";

    /// Source: "Amazon ECR service quotas", unique destinations across all rules.
    private static final int MOST_DESTINATIONS = 25;

    public static ReplicationConfiguration of(ReplicationRules rules) {
        return new ReplicationConfiguration(
                rules.rules().stream().map(ReplicationConfiguration::rule).toList());
    }

    private static Rule rule(ReplicationRules.Rule rule) {
        var filters = rule.prefixes().stream()
                .map(prefix -> new Filter(prefix, "PREFIX_MATCH"))
                .toList();
        return new Rule(
                rule.destinations().stream().map(Destination::of).toList(),
                filters.isEmpty() ? null : filters,
                rule.deleting() == null ? null : new DeleteReplication(rule.deleting()));
    }

    /// Fails with a refusal if the registry can have no such rules.
    ReplicationRules checked(RegistryId registry) {
        var checked = new ReplicationRules(
                rules.stream().map(ReplicationConfiguration::rule).toList());
        var destinations = checked.destinations();
        if (destinations.contains(registry)) {
            throw refused(NAME, "Replication destination cannot be the same as the source registry");
        }
        if (destinations.size() > MOST_DESTINATIONS) {
            throw refused(
                    NAME,
                    "The number of unique replication destinations must be less than or equal to " + MOST_DESTINATIONS);
        }
        return checked;
    }

    private static ReplicationRules.Rule rule(Rule rule) {
        var filters = rule.repositoryFilters() == null ? List.<Filter>of() : rule.repositoryFilters();
        return new ReplicationRules.Rule(
                rule.destinations().stream()
                        .map(destination -> destination.registry(NAME))
                        .toList(),
                filters.stream().map(Filter::filter).toList(),
                rule.deleteReplication() == null
                        ? null
                        : rule.deleteReplication().enabled());
    }

    private static RegistryException refused(String parameter, String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter(parameter, constraint));
    }
}
