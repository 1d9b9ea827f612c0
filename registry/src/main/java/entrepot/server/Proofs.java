package entrepot.server;

import entrepot.auth.Callers;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.Regions;
import entrepot.auth.RegistryHosts;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.token.Passwords;
import java.time.InstantSource;

/// What it takes to know who asks, on every surface.
///
/// @param regions that are served
record Proofs(KnownKeys keys, KeyUsage usage, Regions regions, RegistryHosts hosts, InstantSource clock) {

    Callers callers() {
        return new Callers(hosts).counting(usage, clock);
    }

    SigV4 signatures() {
        return new SigV4(keys, usage, regions, clock);
    }

    /// Of services that are in one place for all regions.
    SigV4 globalSignatures() {
        return new SigV4(keys, usage, regions.withGlobal(), clock);
    }

    /// @param accessKeys whether a key and its secret are a login
    Passwords passwords(Signers signers, boolean accessKeys) {
        return new Passwords(signers.tokens(), keys, regions, accessKeys);
    }
}
