package entrepot.server;

import entrepot.config.Config;
import entrepot.domain.AccountId;
import entrepot.domain.ImageAction;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.lifecycle.Verdict;
import entrepot.operation.AuditTrail;
import entrepot.operation.lifecycle.LifecyclePlan;
import entrepot.operation.lifecycle.LifecycleRun;
import entrepot.operation.lifecycle.RunTurn;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What an administrator can do with lifecycle policies. A repository is named by three arguments: account, region and
/// name; none means all that have a policy.
public final class LifecycleCommands {

    public static final String RUN = "lifecycle run";

    private static final InstantSource CLOCK = InstantSource.system();
    private static final int AT_ONCE = 1_000;
    private static final String NONE = "-";

    private final MetadataStore metadata;
    private final LifecycleRun run;

    private LifecycleCommands(MetadataStore metadata, LifecycleRun run) {
        this.metadata = metadata;
        this.run = run;
    }

    public static LifecycleCommands with(Config config, MetadataStore metadata, AuditTrail audit) {
        var interval = config.rules().lifecycleInterval();
        var run = new LifecycleRun(metadata, CLOCK, audit, Changes.of(config), interval);
        return new LifecycleCommands(metadata, run);
    }

    /// Runs policies now, and tells when that is done.
    ///
    /// @throws IOException if there is no such repository, or it has no policy
    public List<String> run(List<String> arguments) throws IOException {
        var repositories = repositories(arguments);
        int deleted = 0;
        for (var repository : repositories) {
            var count = run(repository);
            if (count.isEmpty() && !arguments.isEmpty()) {
                throw without(repository);
            }
            deleted += count.orElse(0);
        }
        return List.of(
                "ran %d lifecycle policies, expired or archived %d images".formatted(repositories.size(), deleted));
    }

    /// After whatever policy runs now.
    private OptionalInt run(Repository repository) throws IOException {
        try (var turn = RunTurn.await(metadata)) {
            return run.run(turn, repository, "entrepot " + RUN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Tells what a run would do now, a line for each image, with tabs between: its digest, tags, action, and the rule.
    /// Where no repository is named, its name comes first.
    ///
    /// @throws IOException if there is no such repository, or it has no policy
    public void tell(List<String> arguments, Consumer<String> out) throws IOException {
        for (var repository : repositories(arguments)) {
            var plan = LifecyclePlan.of(metadata, repository, CLOCK.instant());
            if (plan.isEmpty() && !arguments.isEmpty()) {
                throw without(repository);
            }
            var prefix = arguments.isEmpty() ? repository.name() + "\t" : "";
            plan.ifPresent(found -> found.outcome().verdicts().forEach(verdict -> out.accept(prefix + line(verdict))));
        }
    }

    private static IOException without(Repository repository) {
        return new IOException("repository %s has no lifecycle policy".formatted(repository.name()));
    }

    private List<Repository> repositories(List<String> arguments) throws IOException {
        return arguments.isEmpty() ? all() : List.of(named(arguments));
    }

    private Repository named(List<String> arguments) throws IOException {
        try {
            var registry = new RegistryId(new AccountId(arguments.get(0)), arguments.get(1));
            var name = new RepositoryName(arguments.get(2));
            return metadata.read(tx -> tx.repositories().find(registry, name))
                    .orElseThrow(() -> new IOException("there is no repository %s in account %s, region %s"
                            .formatted(name, registry.account(), registry.region())));
        } catch (RegistryException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("there is no repository " + String.join(" ", arguments), e);
        }
    }

    private List<Repository> all() {
        var ids = new ArrayList<Long>();
        List<Long> page;
        do {
            var after = ids.isEmpty() ? 0 : ids.getLast();
            page = metadata.read(tx -> tx.lifecyclePolicies().repositories(after, AT_ONCE));
            ids.addAll(page);
        } while (page.size() == AT_ONCE);
        return ids.stream()
                .flatMap(id -> metadata.read(tx -> tx.repositories().find(id)).stream())
                .toList();
    }

    private static String line(Verdict verdict) {
        var tags = verdict.image().tags().stream().map(Tag::name).sorted().collect(Collectors.joining(","));
        return String.join(
                "\t",
                verdict.image().digest().toString(),
                tags.isEmpty() ? NONE : tags,
                action(verdict.action()),
                verdict.rule() == null
                        ? "subject deleted"
                        : "rule " + verdict.rule().priority());
    }

    private static String action(ImageAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
