package entrepot.auth.policy;

import java.util.List;
import java.util.stream.Stream;

/// For whom a statement is.
sealed interface Principals {

    Match match(Actor actor);

    /// Those named by ARN or account, whether meant or excepted.
    Stream<AwsPrincipal> named();

    /// An identity-based policy is for whom it hangs at.
    record Bearer() implements Principals {
        @Override
        public Match match(Actor actor) {
            return Match.DIRECT;
        }

        @Override
        public Stream<AwsPrincipal> named() {
            return Stream.empty();
        }
    }

    /// `Principal`.
    record These(NamedPrincipals names) implements Principals {
        @Override
        public Match match(Actor actor) {
            if (names.everyone() || names.hasItself(actor)) {
                return Match.DIRECT;
            }
            return names.hasAccount(actor) ? Match.ACCOUNT : Match.NONE;
        }

        @Override
        public Stream<AwsPrincipal> named() {
            return names.aws().stream();
        }
    }

    /// `NotPrincipal`. Only one whose account is named as well is excepted (IAM User Guide, "AWS JSON policy elements:
    /// NotPrincipal").
    record Others(NamedPrincipals names) implements Principals {
        @Override
        public Match match(Actor actor) {
            var ofNamedAccount = actor.account().isEmpty() || names.hasAccount(actor);
            var excepted = names.everyone() || (names.hasItself(actor) && ofNamedAccount);
            return excepted ? Match.NONE : Match.DIRECT;
        }

        @Override
        public Stream<AwsPrincipal> named() {
            return names.aws().stream();
        }
    }

    /// What a statement lists.
    ///
    /// @param everyone whether it has a `*`
    record NamedPrincipals(boolean everyone, List<AwsPrincipal> aws, List<String> services) {

        boolean hasItself(Actor actor) {
            return switch (actor) {
                case Actor.Root _ -> hasAccount(actor);
                case Actor.User user -> hasArn(user.arn());
                case Actor.RoleSession session -> hasArn(session.role()) || hasArn(session.session());
                case Actor.Service service -> services.contains(service.name());
                case Actor.Anonymous _ -> false;
            };
        }

        private boolean hasArn(String arn) {
            return aws.stream().anyMatch(principal -> principal.arn().equals(arn));
        }

        boolean hasAccount(Actor actor) {
            return aws.stream()
                    .filter(AwsPrincipal::isAccount)
                    .anyMatch(principal ->
                            actor.account().filter(principal.account()::equals).isPresent());
        }
    }
}
