package entrepot.domain;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/// By which profiles the images of a registry are signed: ECR's `SigningConfiguration`. Source: ECR user guide,
/// "Managed
/// signing".
public record SigningRules(List<Rule> rules) {

    /// One profile.
    ///
    /// @param filters of the names of repositories, in which `*` stands for any number of characters; none for all
    public record Rule(SigningProfileArn profile, List<String> filters) {

        public Rule {
            filters = List.copyOf(filters);
        }

        public boolean isFor(RepositoryName repository) {
            return filters.isEmpty()
                    || filters.stream().anyMatch(filter -> TagPattern.of(filter).matches(repository.value()));
        }

        private String text() {
            return Stream.concat(Stream.of(profile.value()), filters.stream()).collect(joining(" "));
        }

        private static Rule parse(String line) {
            var words = List.of(line.split(" ", -1));
            return new Rule(new SigningProfileArn(words.getFirst()), words.subList(1, words.size()));
        }
    }

    public SigningRules {
        rules = List.copyOf(rules);
    }

    /// Those whose signatures an image gets that is pushed there, each once.
    public List<SigningProfileArn> profiles(RepositoryName repository) {
        return rules.stream()
                .filter(rule -> rule.isFor(repository))
                .map(Rule::profile)
                .distinct()
                .toList();
    }

    /// As the tables have it: a line for each rule, the profile and then its filters, none of which has a blank.
    public String text() {
        return rules.stream().map(Rule::text).collect(joining("\n"));
    }

    /// What [#text] made.
    public static SigningRules parse(String text) {
        return new SigningRules(text.lines().map(Rule::parse).toList());
    }
}
