package entrepot.operation.identity.policy;

import entrepot.auth.Access;
import entrepot.auth.Access.Judged;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.auth.Principal;
import entrepot.auth.policy.Decision;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.identity.Refusals;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Whether a principal may do something with a repository, and which statements say so: what IAM's
/// SimulatePrincipalPolicy is for. It has no form on the wire; the console asks it. Whoever asks needs the right
/// to simulate for the principal, and to read the repository's policy. Other policies are quoted to those alone who may
/// read them; everybody else is told which statement it is.
///
/// Conditions are asked of a request that comes from where the caller's comes from.
public record ExplainAccess(MetadataStore metadata, InstantSource clock)
        implements Operation<ExplainAccess.Input, ExplainAccess.Output> {

    private static final Pattern PRINCIPAL = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):(root|user/.{1,576})");

    /// What is asked.
    ///
    /// @param principal a user or an account's root
    /// @param action such as `ecr:PutImage`
    public record Input(Arn principal, RepositoryName repositoryName, String action) {}

    /// The answer.
    ///
    /// @param isAllowed whether they may
    /// @param because why not, in AWS's words; empty where they may
    /// @param statements that decide it; none where nothing says anything, or an account's root may by itself
    public record Output(boolean isAllowed, String because, List<Said> statements) {}

    /// A statement that decides.
    ///
    /// @param policy that it stands in, as people call it
    /// @param place in that policy, from 1
    /// @param statement empty for whoever may not read that policy
    public record Said(String policy, int place, String statement) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var simulating = new Permission(account(input.principal()), "iam:SimulatePrincipalPolicy", input.principal());
        return List.of(simulating, Permissions.on(caller.registry(), input.repositoryName(), "GetRepositoryPolicy"));
    }

    private static AccountId account(Arn principal) {
        var parts = PRINCIPAL.matcher(principal.value());
        if (!parts.matches()) {
            throw Refusals.input("ARN %s is not valid.".formatted(principal));
        }
        return new AccountId(parts.group(1));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var permission = new Permission(
                caller.registry().account(), input.action(), caller.registry().repository(input.repositoryName()));
        return metadata.read(tx -> {
            var as = new Caller(
                    principal(tx, caller, input.principal()), caller.registry(), caller.address(), caller.origin());
            var judged = Access.judge(tx, clock.instant(), as, permission);
            return output(
                    judged, new DecidingStatements(tx, as, input.repositoryName(), mayRead(tx, caller)).of(judged));
        });
    }

    private Predicate<Permission> mayRead(Transaction tx, Caller caller) {
        return needed -> Access.judge(tx, clock.instant(), caller, needed).decision() instanceof Decision.Allowed;
    }

    private static Output output(Judged judged, List<Said> statements) {
        return switch (judged.decision()) {
            case Decision.Allowed _ -> new Output(true, "", statements);
            case Decision.Denied denied -> new Output(false, denied.because(), statements);
        };
    }

    private static Principal principal(Transaction tx, Caller caller, Arn arn) {
        var account = account(arn);
        if (arn.equals(AccessKey.rootOf(caller.partition(), account))) {
            return Principal.ofRoot(account, "simulated");
        }
        var user = tx.users()
                .find(arn)
                .orElseThrow(() -> Refusals.noSuch("The principal %s cannot be found.".formatted(arn)));
        return Principal.ofUser(user, tx.users().tags(user), "simulated");
    }
}
