package entrepot.auth.policy;

import java.util.List;

/// For whom a statement is.
sealed interface Principals {

    Match match(Actor actor);

    /// What the statement lists, whether meant or excepted.
    NamedPrincipals names();

    /// An identity-based policy is for whom it hangs at.
    record Bearer() implements Principals {
        @Override
        public Match match(Actor actor) {
            return Match.DIRECT;
        }

        @Override
        public NamedPrincipals names() {
            return NamedPrincipals.NONE;
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
    }

    /// What a statement lists.
    ///
    /// @param everyone whether it has a `*`
    /// @param aws accounts, roles and sessions; a user's ARN, which anybody may have later, is nobody's
    /// @param userIds users
    record NamedPrincipals(boolean everyone, List<AwsPrincipal> aws, List<String> userIds, List<String> services) {

        static final NamedPrincipals NONE = new NamedPrincipals(false, List.of(), List.of(), List.of());

        boolean hasItself(Actor actor) {
            return switch (actor) {
                case Actor.Root _ -> hasAccount(actor);
                case Actor.User user -> userIds.contains(user.userId());
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
