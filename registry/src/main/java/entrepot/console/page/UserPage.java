package entrepot.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.console.Words;
import entrepot.domain.UserName;
import entrepot.operation.identity.key.KeyView;
import entrepot.operation.identity.key.ListAccessKeys;
import entrepot.operation.identity.policy.GetUserPolicy;
import entrepot.operation.identity.policy.ListAttachedUserPolicies;
import entrepot.operation.identity.policy.ListUserPolicies;
import entrepot.operation.identity.user.GetUser;
import entrepot.operation.identity.user.UserView;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.List;

/// A user: what they are called, by which policies they may do what, and their keys.
public final class UserPage implements Page {

    /// More inline policies than that are named without their texts.
    private static final int SHOWN = 20;

    private static final Words UNKNOWN = new Words("Not there", "There is no such user.", "");

    /// What the page shows.
    ///
    /// @param inline policies that are written into the user
    public record Model(
            UserView user,
            Part<List<Inline>> inline,
            Part<List<ListAttachedUserPolicies.AttachedPolicy>> attached,
            Part<List<KeyView>> keys,
            Instant now) {}

    /// A policy that is written into the user.
    public record Inline(String name, Part<String> text) {}

    @Override
    public Answer answer(Visit visit) {
        if (!UserName.isName(visit.asked("user"))) {
            return UNKNOWN.answer(404);
        }
        var name = new UserName(visit.asked("user"));
        var model = new Model(
                visit.call(GetUser.class, new GetUser.Input(name)).user(),
                visit.part(ListUserPolicies.class, new ListUserPolicies.Input(name, null, SHOWN))
                        .map(found -> found.policyNames().stream()
                                .map(policy -> inline(visit, name, policy))
                                .toList()),
                visit.part(ListAttachedUserPolicies.class, new ListAttachedUserPolicies.Input(name, null, null, null))
                        .map(ListAttachedUserPolicies.Output::attachedPolicies),
                visit.part(ListAccessKeys.class, new ListAccessKeys.Input(name, null, null))
                        .map(ListAccessKeys.Output::accessKeyMetadata),
                visit.now());
        return Answer.shown(name.value(), "user", model);
    }

    private static Inline inline(Visit visit, UserName user, String policy) {
        var text = visit.part(GetUserPolicy.class, new GetUserPolicy.Input(user, policy))
                .map(found ->
                        Texts.indented(URLDecoder.decode(found.policyDocument().replace("+", "%2B"), UTF_8)));
        return new Inline(policy, text);
    }
}
