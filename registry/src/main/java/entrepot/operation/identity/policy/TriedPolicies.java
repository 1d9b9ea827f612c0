package entrepot.operation.identity.policy;

import entrepot.auth.policy.Deciding;
import entrepot.auth.policy.Decision;
import entrepot.auth.policy.KeyPolicySet;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.auth.policy.PolicyRequest;
import entrepot.auth.policy.PolicySet;
import entrepot.auth.policy.StatementPlaces;
import entrepot.operation.identity.policy.EvaluationResult.MatchedStatement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Policies that are tried on requests which nobody makes. They decide as those do that are in force.
///
/// @param identity those of whoever would ask
/// @param resource the resource's
record TriedPolicies(List<Source> identity, Optional<Source> resource) {

    /// A policy.
    ///
    /// @param id what an answer calls it
    /// @param type IAM's word for where it comes from
    /// @param length of its text
    record Source(
            String id,
            String type,
            PolicyDocument document,
            Deciding statements,
            List<StatementPlaces> places,
            int length) {

        /// @throws entrepot.auth.policy.MalformedPolicyException if the text is no document of this kind
        static Source of(String id, String type, String text, PolicyKind kind) {
            return new Source(
                    id,
                    type,
                    PolicyDocument.parse(text, kind),
                    Deciding.of(text, kind),
                    StatementPlaces.of(text),
                    text.length());
        }

        /// The same policy, decided by a text that calls principals by their ids.
        Source deciding(String bound) {
            var kind = document.kind();
            return new Source(id, type, PolicyDocument.parse(bound, kind), Deciding.of(bound, kind), places, length);
        }

        private Stream<MatchedStatement> at(List<Integer> matched) {
            return matched.stream()
                    .map(places::get)
                    .map(place -> new MatchedStatement(id, type, place.start(), place.end()));
        }
    }

    /// Of all their texts.
    long length() {
        return all().mapToLong(Source::length).sum();
    }

    EvaluationResult evaluate(PolicyRequest request) {
        var decision = decide(request);
        return new EvaluationResult(
                request.action(),
                request.resource().value(),
                EvaluationResult.word(decision),
                matched(request, decision),
                all().flatMap(source -> source.document().missingKeys(request))
                        .distinct()
                        .toList());
    }

    private Decision decide(PolicyRequest request) {
        var documents = identity.stream().map(Source::document).toList();
        var ofResource = resource.map(Source::document).orElse(null);
        return ofResource != null && ofResource.kind() == PolicyKind.KEY
                ? new KeyPolicySet(documents, ofResource).decide(request)
                : new PolicySet(documents, ofResource, null).decide(request);
    }

    private List<MatchedStatement> matched(PolicyRequest request, Decision decision) {
        var denying = all().flatMap(source -> source.at(source.statements().denying(request)))
                .toList();
        return decision instanceof Decision.Denied
                ? denying
                : all().flatMap(source -> source.at(source.statements().allowing(request)))
                        .toList();
    }

    private Stream<Source> all() {
        return Stream.concat(identity.stream(), resource.stream());
    }
}
