package entrepot.server;

import entrepot.auth.token.BlobLinks;
import entrepot.config.Config;
import entrepot.domain.Law;
import entrepot.http.Router;
import entrepot.http.body.Spools;
import entrepot.oci.Challenges;
import entrepot.oci.OciEndpoint;
import entrepot.oci.RegistryLogin;
import entrepot.oci.SignedLayers;
import entrepot.oci.TokenEndpoint;
import entrepot.operation.Operations;

/// The registry that Docker's clients speak to, under `/v2`, and the links that it makes.
record RegistryRoutes(Config config, Proofs proofs, Signers signers, Operations door, Families families) {

    /// @param spools for bodies on their way here, and for answers
    Router after(Router others, Spools spools) {
        var login = login();
        return others.with(
                        request -> config.identities().anonymousPull()
                                && request.path().equals(TokenEndpoint.PATH),
                        new TokenEndpoint(login, proofs.clock()))
                .with(
                        Router.under("/v2"),
                        new OciEndpoint(
                                login, door, families.oci(), config.rules().limits(), spools, law()))
                .with(request -> request.path().startsWith(BlobLinks.PREFIX), signedLayers());
    }

    private Law law() {
        return Law.ofV2(config.rules().compat());
    }

    private RegistryLogin login() {
        var passwords = proofs.passwords(signers, config.identities().basicAccessKeys());
        var challenges = new Challenges(
                proofs.hosts(), config.registries().home(), config.identities().anonymousPull(), law());
        return new RegistryLogin(passwords, signers.tokens(), proofs.callers(), challenges, door, proofs.clock());
    }

    private SignedLayers signedLayers() {
        var readLayer = families.oci().layers().readLayer();
        return new SignedLayers(signers.links(), proofs.hosts(), door, readLayer, proofs.clock());
    }
}
