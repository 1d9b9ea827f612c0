package entrepot.operation.identity.policy;

import entrepot.auth.Access.Judged;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.policy.Deciding;
import entrepot.auth.policy.Decision;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.Arn;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.User;
import entrepot.operation.Permissions;
import entrepot.operation.PolicyText;
import entrepot.operation.identity.policy.ExplainAccess.Said;
import entrepot.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The statements of all policies that have a say about a principal and a repository.
///
/// @param as the principal
/// @param mayRead whether whoever asks has a right
record DecidingStatements(Transaction tx, Caller as, RepositoryName repository, Predicate<Permission> mayRead) {

    /// A policy.
    ///
    /// @param name as people call it
    /// @param text as it is decided by
    /// @param shown as it was written
    /// @param read what whoever is shown it needs
    private record Source(String name, PolicyKind kind, String text, String shown, Permission read) {

        Deciding deciding() {
            return Deciding.of(text, kind);
        }
    }

    /// Those that deny it where one does, else those that allow it.
    List<Said> of(Judged judged) {
        var denying = all().flatMap(source -> said(source, source.deciding().denying(judged.request())))
                .toList();
        if (judged.decision() instanceof Decision.Denied) {
            return denying;
        }
        return all().flatMap(source -> said(source, source.deciding().allowing(judged.request())))
                .toList();
    }

    private Stream<Said> said(Source source, List<Integer> places) {
        var isShown = !places.isEmpty() && mayRead.test(source.read());
        return places.stream()
                .map(place ->
                        new Said(source.name(), place + 1, isShown ? Deciding.statement(source.shown(), place) : ""));
    }

    private Stream<Source> all() {
        var user = Optional.ofNullable(as.principal().user()).stream();
        return Stream.concat(user.flatMap(this::ofUser), ofResources());
    }

    private Stream<Source> ofUser(User user) {
        var read = new Permission(user.account(), "iam:GetUserPolicy", user.arn(as.partition()));
        return UserPolicy.of(tx, user)
                .map(policy -> policy.managed()
                        .map(arn -> identity(
                                "policy " + arn,
                                policy.text(),
                                new Permission(user.account(), "iam:GetPolicyVersion", arn)))
                        .orElseGet(() -> identity("inline policy " + policy.name(), policy.text(), read)));
    }

    private static Source identity(String name, String text, Permission read) {
        return new Source(name, PolicyKind.IDENTITY, text, text, read);
    }

    private Stream<Source> ofResources() {
        var registry = as.registry();
        var ofRepository = tx.repositories()
                .find(registry, repository)
                .flatMap(tx.resourcePolicies()::ofRepository)
                .map(text -> resource(
                        "policy of repository " + repository,
                        PolicyKind.REPOSITORY,
                        text,
                        Permissions.on(registry, repository, "GetRepositoryPolicy")));
        var ofRegistry = tx.resourcePolicies()
                .ofRegistry(registry)
                .map(text -> resource("registry policy", PolicyKind.REGISTRY, text, reading(registry)));
        return Stream.of(ofRepository, ofRegistry).flatMap(Optional::stream);
    }

    private static Permission reading(RegistryId registry) {
        return new Permission(registry.account(), "ecr:GetRegistryPolicy", Arn.ANY);
    }

    private Source resource(String name, PolicyKind kind, String text, Permission read) {
        return new Source(name, kind, text, PolicyText.shown(tx, text, as.partition()), read);
    }
}
