package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.LeastRecentlyUsed;
import entrepot.domain.AccountId;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.CreationTemplate.Settings;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.operation.Decisions;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The repositories that are pushed to. One that is not there is made, if a creation template is for it or the
/// configuration says so, for whoever may create it; and for what is replicated always.
///
/// @param createOnPush whether a push makes a repository that no template is for
/// @param known those that were pushed to last, as they were found; any of them may be gone by now
public record PushTargets(
        MetadataStore metadata,
        TemplateUse templates,
        Decisions decisions,
        boolean createOnPush,
        LeastRecentlyUsed<Name, Repository> known) {

    private static final int KNOWN = 1_000;

    /// What a repository is known by.
    public record Name(RegistryId registry, RepositoryName name) {}

    /// Who pushes by what operation to what.
    public record PushTo(Caller caller, Operation<?, ?> operation, Name target) {

        /// As a request says it.
        public static PushTo of(
                Caller caller, Operation<?, ?> operation, @Nullable AccountId registryId, RepositoryName name) {
            return new PushTo(caller, operation, new Name(caller.registry(registryId), name));
        }
    }

    public static PushTargets with(Means means) {
        return with(means, means.rules().createOnPush());
    }

    public static PushTargets with(Means means, boolean createOnPush) {
        return new PushTargets(
                means.metadata(),
                TemplateUse.with(means),
                means.decisions(),
                createOnPush,
                new LeastRecentlyUsed<>(KNOWN));
    }

    /// Does what a push does, which may make the repository.
    ///
    /// @param work looks at the repository again, and refuses where it is not there any more. So the one that was
    ///     there last is tried; only where that is refused one looks for the one that is there now.
    public <T> T forPush(PushTo push, Function<Repository, T> work) {
        var last = known.get(push.target());
        if (last.isEmpty()) {
            return work.apply(lookUp(push));
        }
        try {
            return work.apply(last.get());
        } catch (RegistryException refusal) {
            return again(push, last.get(), refusal, work);
        }
    }

    /// What is refused of every API has nothing to do with the repository.
    private <T> T again(PushTo push, Repository tried, RegistryException refusal, Function<Repository, T> work) {
        if (refusal.error() instanceof EveryApiError) {
            throw refusal;
        }
        var found = lookUp(push);
        if (RepositoryLookup.isSame(found, tried)) {
            throw refusal;
        }
        return work.apply(found);
    }

    private Repository lookUp(PushTo push) {
        var found = require(push);
        known.put(push.target(), found);
        return found;
    }

    /// As it is by now, or as it has just been made.
    public Repository require(PushTo push) {
        return find(push.target()).orElseGet(() -> make(push));
    }

    private Optional<Repository> find(Name target) {
        return metadata.ask(tx -> tx.repositories().find(target.registry(), target.name()));
    }

    private Repository make(PushTo push) {
        var registry = push.target().registry();
        var name = push.target().name();
        var replicates = push.caller().replicated() != null;
        var settings = templates
                .settings(registry, name, replicates ? Occasion.REPLICATION : Occasion.CREATE_ON_PUSH)
                .or(() -> usual(replicates))
                .orElseThrow(() -> RepositoryLookup.absent(registry, name));
        decisions.require(push.caller(), push.operation(), List.of(TemplateUse.need(registry, name, settings)));
        return templates.make(registry, name, settings);
    }

    private Optional<Settings> usual(boolean replicates) {
        return createOnPush || replicates ? Optional.of(Settings.USUAL) : Optional.empty();
    }
}
