package entrepot.operation.cache;

import entrepot.auth.Caller;
import entrepot.domain.Arn;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.World;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The operations on rules of the pull-through cache, said one thing at a time.
record Rules(World world) {

    static CreatePullThroughCacheRule.Input rule(String prefix, String upstream) {
        return rule(prefix, upstream, null, null, null);
    }

    static CreatePullThroughCacheRule.Input rule(
            String prefix,
            String upstream,
            @Nullable String upstreamPrefix,
            @Nullable String credential,
            @Nullable String role) {
        return new CreatePullThroughCacheRule.Input(
                new TemplatePrefix(prefix),
                upstream,
                null,
                null,
                credential == null ? null : new Arn(credential),
                role == null ? null : new Arn(role),
                upstreamPrefix == null ? null : new TemplatePrefix(upstreamPrefix));
    }

    CreatePullThroughCacheRule.Output create(CreatePullThroughCacheRule.Input input) {
        return create(world.root, input);
    }

    CreatePullThroughCacheRule.Output create(Caller caller, CreatePullThroughCacheRule.Input input) {
        return world.call(caller, world.the(CreatePullThroughCacheRule.class), input);
    }

    List<RuleView> named(String... prefixes) {
        var named = Stream.of(prefixes).map(TemplatePrefix::new).toList();
        return describe(named, null, null).pullThroughCacheRules();
    }

    DescribePullThroughCacheRules.Output describe(
            @Nullable List<TemplatePrefix> prefixes, @Nullable String token, @Nullable Integer size) {
        return world.call(
                world.the(DescribePullThroughCacheRules.class),
                new DescribePullThroughCacheRules.Input(null, prefixes, token, size));
    }

    UpdatePullThroughCacheRule.Output update(String prefix, @Nullable String credential, @Nullable String role) {
        return world.call(
                world.the(UpdatePullThroughCacheRule.class),
                new UpdatePullThroughCacheRule.Input(
                        new TemplatePrefix(prefix),
                        null,
                        credential == null ? null : new Arn(credential),
                        role == null ? null : new Arn(role)));
    }

    DeletePullThroughCacheRule.Output delete(String prefix) {
        return world.call(
                world.the(DeletePullThroughCacheRule.class),
                new DeletePullThroughCacheRule.Input(new TemplatePrefix(prefix), null));
    }

    ValidatePullThroughCacheRule.Output validate(String prefix) {
        return world.call(
                world.the(ValidatePullThroughCacheRule.class),
                new ValidatePullThroughCacheRule.Input(new TemplatePrefix(prefix), null));
    }
}
