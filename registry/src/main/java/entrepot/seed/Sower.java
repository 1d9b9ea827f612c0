package entrepot.seed;

import entrepot.config.ConfigException;
import entrepot.config.Seed;
import entrepot.transfer.Target;
import entrepot.upstream.EcrApi;
import entrepot.upstream.UpstreamException;
import java.io.IOException;

/// Makes of a registry what a seed says, by the operations that everyone calls. What is so already is left alone, so a
/// seed that is sown again changes nothing.
public final class Sower {

    private final EcrApi api;
    private final Target target;

    /// @param target the same registry
    public Sower(EcrApi api, Target target) {
        this.api = api;
        this.target = target;
    }

    /// Returns when all is so.
    ///
    /// @throws ConfigException with file, line and key if the registry refuses something, or an image is not whole
    public void sow(Seed seed) throws InterruptedException {
        var policy = seed.registryPolicy();
        if (policy != null) {
            attempt(
                    seed,
                    Seed.REGISTRY_POLICY,
                    () -> new SownPolicy(api, SownPolicy.Kind.REGISTRY, null).settle(policy));
        }
        for (var repository : seed.repositories()) {
            sow(seed, repository);
        }
    }

    private void sow(Seed seed, Seed.Repository wanted) throws InterruptedException {
        var name = wanted.name();
        attempt(seed, wanted.at(), () -> new SownRepository(api, wanted).settle());
        var policy = wanted.policies().access();
        if (policy != null) {
            attempt(
                    seed,
                    wanted.at() + ".policy",
                    () -> new SownPolicy(api, SownPolicy.Kind.ACCESS, name).settle(policy));
        }
        var lifecycle = wanted.policies().lifecycle();
        if (lifecycle != null) {
            attempt(
                    seed,
                    wanted.at() + ".lifecycle-policy",
                    () -> new SownPolicy(api, SownPolicy.Kind.LIFECYCLE, name).settle(lifecycle));
        }
        for (var image : wanted.images()) {
            attempt(seed, image.at() + ".from", () -> new SownImages(api, target, name).bring(image));
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    private static void attempt(Seed seed, String key, Attempt attempt) throws InterruptedException {
        try {
            attempt.run();
        } catch (UpstreamException e) {
            throw seed.refused(key, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            var cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw seed.refused(key, e.getMessage() + cause);
        }
    }
}
