package entrepot.auth.policy;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;

/// What is to be decided: may this actor do this.
///
/// @param action such as `ecr:PutImage`
/// @param resource [Arn#ANY] for an action that is not about one
/// @param owner the account that owns the resource, or in which an action without one takes place
public record PolicyRequest(Actor actor, String action, Arn resource, AccountId owner, ConditionKeys keys) {

    boolean isWithinAccount() {
        return actor.account().filter(owner::equals).isPresent();
    }

    boolean isByOwnersRoot() {
        return actor instanceof Actor.Root && isWithinAccount();
    }
}
