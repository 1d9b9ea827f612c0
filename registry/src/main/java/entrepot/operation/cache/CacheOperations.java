package entrepot.operation.cache;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on rules of the pull-through cache.
public record CacheOperations(List<Operation<?, ?>> all) implements Family {

    public static CacheOperations with(Means means, UpstreamChoice upstreams) {
        var metadata = means.metadata();
        var given = new GivenRule(upstreams);
        return new CacheOperations(List.of(
                new CreatePullThroughCacheRule(metadata, given, means.clock()),
                new DescribePullThroughCacheRules(metadata),
                new UpdatePullThroughCacheRule(metadata, given, means.clock()),
                new ValidatePullThroughCacheRule(metadata, upstreams),
                new DeletePullThroughCacheRule(metadata)));
    }
}
