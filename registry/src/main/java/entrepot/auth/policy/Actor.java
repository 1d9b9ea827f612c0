package entrepot.auth.policy;

import entrepot.domain.AccountId;
import java.util.Optional;

/// Who asks, as policies see it.
public sealed interface Actor {

    /// Empty for one who belongs to no account.
    Optional<AccountId> account();

    /// Whether policies hang at it, so that they have a say.
    boolean hasIdentityPolicies();

    /// An account's root, which needs no policy in its own account.
    record Root(AccountId id) implements Actor {
        @Override
        public Optional<AccountId> account() {
            return Optional.of(id);
        }

        @Override
        public boolean hasIdentityPolicies() {
            return false;
        }
    }

    /// A user of an account.
    ///
    /// @param id the account's
    /// @param arn with the user's path, such as `arn:aws:iam::000000000000:user/team/ann`
    /// @param userId `AIDA...`, by which policies of resources name it
    record User(AccountId id, String arn, String userId) implements Actor {
        @Override
        public Optional<AccountId> account() {
            return Optional.of(id);
        }

        @Override
        public boolean hasIdentityPolicies() {
            return true;
        }
    }

    /// A session of a role. The policies are the role's.
    ///
    /// @param id the account's
    /// @param role such as `arn:aws:iam::000000000000:role/build`
    /// @param session such as `arn:aws:sts::000000000000:assumed-role/build/ann`
    record RoleSession(AccountId id, String role, String session) implements Actor {
        @Override
        public Optional<AccountId> account() {
            return Optional.of(id);
        }

        @Override
        public boolean hasIdentityPolicies() {
            return true;
        }
    }

    /// One of AWS's services.
    ///
    /// @param name such as `ecr.amazonaws.com`
    record Service(String name) implements Actor {
        @Override
        public Optional<AccountId> account() {
            return Optional.empty();
        }

        @Override
        public boolean hasIdentityPolicies() {
            return false;
        }
    }

    /// Nobody in particular.
    record Anonymous() implements Actor {
        @Override
        public Optional<AccountId> account() {
            return Optional.empty();
        }

        @Override
        public boolean hasIdentityPolicies() {
            return false;
        }
    }
}
