package entrepot.server;

import entrepot.aws.Calls;
import entrepot.aws.json.JsonEndpoint;
import entrepot.aws.protocol.SignedCalls;
import entrepot.ecr.EcrApi;
import entrepot.http.Router;
import entrepot.http.body.Spools;
import entrepot.iam.QueryEndpoint;
import entrepot.kms.KmsApi;
import entrepot.secrets.SecretsApi;
import java.util.List;

/// AWS's APIs, at `/`.
///
/// @param spools for bodies that must be proven before they are read, and for answers
record AwsRoutes(Proofs proofs, Calls calls, Families families, Spools spools) {

    /// IAM's and STS's.
    QueryEndpoint identities() {
        var signed = new SignedCalls(proofs.globalSignatures(), proofs.callers(), calls, spools);
        return new QueryEndpoint(signed, families.iam(), families.sts());
    }

    /// ECR's, KMS's and Secrets Manager's.
    JsonEndpoint inJson() {
        var signed = new SignedCalls(proofs.signatures(), proofs.callers(), calls, spools);
        return new JsonEndpoint(
                signed,
                List.of(
                        EcrApi.of(families.ecr(), calls.law()),
                        KmsApi.of(families.kms()),
                        SecretsApi.of(families.secrets())));
    }

    static Router after(Router others, QueryEndpoint identities, JsonEndpoint inJson) {
        return others.with(QueryEndpoint::takes, identities).with(Router.exactly("POST", "/"), inJson);
    }
}
