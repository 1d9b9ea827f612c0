package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.operation.registry.DescribeRegistry;
import entrepot.operation.registry.GetRegistryPolicy;
import entrepot.operation.repository.DescribeRepositories;
import entrepot.operation.repository.RepositoryView;
import entrepot.operation.scanning.GetRegistryScanningConfiguration;
import java.util.List;

/// A registry at a glance: where it is, how to log in, and what holds for all of it.
public final class OverviewPage implements Page {

    private static final int SHOWN = 8;

    /// What the page shows.
    ///
    /// @param account the registry's number
    /// @param replication where images go from here, a line for each destination
    public record Model(
            String account,
            String region,
            List<ImagePage.Command> logins,
            Part<List<RepositoryView>> repositories,
            Part<String> scanning,
            Part<List<String>> replication,
            Part<String> policy) {}

    @Override
    public Answer answer(Visit visit) {
        var registry = visit.caller().registry();
        var model = new Model(
                registry.account().value(),
                registry.region(),
                Commands.logins(visit),
                repositories(visit),
                scanning(visit),
                replication(visit),
                visit.part(GetRegistryPolicy.class, new GetRegistryPolicy.Input())
                        .map(GetRegistryPolicy.Output::policyText)
                        .map(Texts::indented));
        return Answer.shown("Overview", "overview", model);
    }

    private static Part<List<RepositoryView>> repositories(Visit visit) {
        return visit.part(DescribeRepositories.class, new DescribeRepositories.Input(null, null, null, SHOWN))
                .map(DescribeRepositories.Output::repositories);
    }

    private static Part<String> scanning(Visit visit) {
        return visit.part(GetRegistryScanningConfiguration.class, new GetRegistryScanningConfiguration.Input())
                .map(found -> String.valueOf(found.scanningConfiguration().scanType()));
    }

    private static Part<List<String>> replication(Visit visit) {
        return visit.part(DescribeRegistry.class, new DescribeRegistry.Input())
                .map(found -> found.replicationConfiguration().rules().stream()
                        .flatMap(rule -> rule.destinations().stream())
                        .map(to -> to.registryId() + " in " + to.region())
                        .toList());
    }
}
