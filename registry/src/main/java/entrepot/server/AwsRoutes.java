package entrepot.server;

import entrepot.aws.Calls;
import entrepot.aws.protocol.SignedCalls;
import entrepot.ecr.EcrEndpoint;
import entrepot.http.Router;
import entrepot.http.body.Spools;
import entrepot.iam.QueryEndpoint;

/// AWS's APIs, at `/`.
///
/// @param spools for bodies that must be proven before they are read, and for answers
record AwsRoutes(Proofs proofs, Calls calls, Families families, Spools spools) {

    /// IAM's and STS's.
    QueryEndpoint identities() {
        var signed = new SignedCalls(proofs.globalSignatures(), proofs.callers(), calls, spools);
        return new QueryEndpoint(signed, families.iam(), families.sts());
    }

    Router after(Router others, QueryEndpoint identities) {
        var signed = new SignedCalls(proofs.signatures(), proofs.callers(), calls, spools);
        return others.with(QueryEndpoint::takes, identities)
                .with(Router.exactly("POST", "/"), new EcrEndpoint(signed, families.ecr()));
    }
}
