package entrepot.operation.key;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.KeyArn;
import entrepot.store.KeyService;
import java.util.ArrayList;
import java.util.List;

/// What whoever gives a repository a key must be allowed to do with the key, which ECR does for them: see that it is
/// there, and grant it. So nobody has ECR use a key that they could not use.
///
/// Source: ECR user guide, "Encryption at rest", on required permissions.
public final class RepositoryKeyNeeds {

    private RepositoryKeyNeeds() {}

    /// For giving a repository a key.
    ///
    /// @param repository that is to have the key, or a pattern of some
    /// @param named what the caller calls the key
    public static List<Permission> of(Caller caller, Arn repository, KeyService.Meant key, String named) {
        var region = caller.registry().region();
        var ecr = RepositoryGrants.ecr(region);
        var needs = new ArrayList<Permission>();
        needs.add(on(caller, "DescribeKey", key));
        RepositoryGrants.terms(region, repository)
                .forEach(terms -> needs.add(
                        GrantNeeds.making(GrantNeeds.forService(on(caller, "CreateGrant", key), true), terms)));
        return needs.stream()
                .map(need -> need.calling(named)
                        .with("kms:ViaService", List.of(ecr))
                        .with("aws:ViaAWSService", List.of("true")))
                .toList();
    }

    /// Of a key of AWS's the caller's own policies alone are known here.
    private static Permission on(Caller caller, String action, KeyService.Meant key) {
        return key.isOurs()
                ? KeyNeeds.on(caller, action, KeyArn.parse(key.arn().value()).orElseThrow())
                : KeyNeeds.ofAws(caller, action, key.arn());
    }
}
