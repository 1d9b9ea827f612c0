package entrepot.operation.cache;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.PullThrough;
import entrepot.operation.image.ImageOperations;
import entrepot.operation.layer.LayerOperations;
import entrepot.operation.secret.CurrentSecrets;
import entrepot.store.CacheImports.Import;
import java.util.List;

/// The operations on rules of the pull-through cache, and what pulls by them.
///
/// @param pulls what other families ask for what is not here
/// @param resumption goes on with an image that another node, or this one before, has not brought to its end
public record CacheOperations(List<Operation<?, ?>> all, PullThrough pulls, Resumption resumption) implements Family {

    /// Goes on with something.
    @FunctionalInterface
    public interface Resumption {
        void resume(Import image);
    }

    public static CacheOperations with(Means means, CacheMeans cache) {
        var metadata = means.metadata();
        var upstreams =
                new Upstreams(cache.settings(), cache.connections(), new CurrentSecrets(metadata), means.clock());
        var given = new GivenRule(upstreams);
        var rules = new KnownRules(metadata);
        var imports = imports(means, cache, upstreams);
        return new CacheOperations(
                List.of(
                        new CreatePullThroughCacheRule(metadata, given, rules, means.clock()),
                        new DescribePullThroughCacheRules(metadata),
                        new UpdatePullThroughCacheRule(metadata, given, means.clock()),
                        new ValidatePullThroughCacheRule(metadata, upstreams),
                        new DeletePullThroughCacheRule(metadata, rules)),
                new CachedPulls(means, upstreams, rules, imports),
                imports::resume);
    }

    /// What is brought is stored by operations of its own, which look nowhere else.
    private static ImageImports imports(Means means, CacheMeans cache, Upstreams upstreams) {
        var shared = new ImageImports.Shared(
                new BlobFetches(means, LayerOperations.with(means), cache.folder()),
                new ComingManifests(means.clock()),
                new TagChecks());
        return new ImageImports(means, upstreams, ImageOperations.with(means).putImage(), shared);
    }
}
