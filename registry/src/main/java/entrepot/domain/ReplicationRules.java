package entrepot.domain;

import static java.util.stream.Collectors.joining;

import entrepot.domain.ImageChange.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of a registry goes to which others: ECR's `ReplicationConfiguration`. Source: ECR user guide, "Private image
/// replication in Amazon ECR".
public record ReplicationRules(List<Rule> rules) {

    /// Nothing goes anywhere.
    public static final ReplicationRules NONE = new ReplicationRules(List.of());

    /// What goes to which others.
    ///
    /// @param prefixes of the names of repositories; none for all
    /// @param deleting whether deletions of images and tags follow; null if nothing was said of it, hence not
    public record Rule(
            List<RegistryId> destinations,
            List<String> prefixes,
            @Nullable Boolean deleting) {

        public Rule {
            destinations = List.copyOf(destinations);
            prefixes = List.copyOf(prefixes);
        }

        public boolean isFor(RepositoryName repository) {
            return prefixes.isEmpty() || prefixes.stream().anyMatch(repository.value()::startsWith);
        }

        public boolean deletes() {
            return Boolean.TRUE.equals(deleting);
        }

        /// The destinations, and the prefixes: no name of either has a blank or a comma in it.
        private String text() {
            return "%s %s %s"
                    .formatted(
                            deleting == null ? "-" : deleting.toString(),
                            destinations.stream().map(RegistryId::toString).collect(joining(",")),
                            String.join(",", prefixes));
        }

        private static Rule parse(String text) {
            var parts = text.split(" ", -1);
            return new Rule(
                    list(parts[1]).stream().map(RegistryId::parse).toList(),
                    list(parts[2]),
                    parts[0].equals("-") ? null : Boolean.valueOf(parts[0]));
        }

        private static List<String> list(String text) {
            return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
        }
    }

    public ReplicationRules {
        rules = List.copyOf(rules);
    }

    /// Where a change goes. Whoever is archived stays where they are elsewhere.
    public Set<RegistryId> destinations(RepositoryName repository, Kind kind) {
        return rules.stream()
                .filter(rule -> rule.isFor(repository) && (kind.brings() || (kind.deletes() && rule.deletes())))
                .flatMap(rule -> rule.destinations().stream())
                .collect(Collectors.toSet());
    }

    /// Those of all rules, each once.
    public Set<RegistryId> destinations() {
        return rules.stream().flatMap(rule -> rule.destinations().stream()).collect(Collectors.toSet());
    }

    /// As the tables have it: a line for each rule.
    public String text() {
        return rules.stream().map(Rule::text).collect(joining("\n"));
    }

    /// What [#text] made.
    public static ReplicationRules parse(String text) {
        return new ReplicationRules(
                text.isEmpty() ? List.of() : text.lines().map(Rule::parse).toList());
    }
}
