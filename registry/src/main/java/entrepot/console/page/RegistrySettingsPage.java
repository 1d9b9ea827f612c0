package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.AccountSetting;
import entrepot.operation.cache.DescribePullThroughCacheRules;
import entrepot.operation.cache.RuleView;
import entrepot.operation.registry.DescribeRegistry;
import entrepot.operation.registry.GetAccountSetting;
import entrepot.operation.replication.ReplicationConfiguration;
import entrepot.operation.scanning.GetRegistryScanningConfiguration;
import entrepot.operation.scanning.ScanningConfigurationView;
import entrepot.operation.signing.GetSigningConfiguration;
import entrepot.operation.signing.SigningConfigurationView;
import entrepot.operation.template.DescribeRepositoryCreationTemplates;
import entrepot.operation.template.TemplateView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What holds for all repositories of a registry, to be read; clients of the API change it.
public final class RegistrySettingsPage implements Page {

    /// Of each list; the API has the rest.
    private static final int SHOWN = 50;

    /// What the page shows.
    ///
    /// @param settings of the account, by name
    public record Model(
            Part<ScanningConfigurationView> scanning,
            Part<ReplicationConfiguration> replication,
            Part<SigningConfigurationView> signing,
            Part<List<RuleView>> cache,
            Part<List<TemplateView>> templates,
            Part<Map<String, String>> settings) {

        /// Filters as a person reads them: what is without any is for all repositories.
        public String filters(@Nullable List<String> filters) {
            return filters == null || filters.isEmpty() ? "all repositories" : String.join(", ", filters);
        }
    }

    @Override
    public Answer answer(Visit visit) {
        var model = new Model(
                visit.part(GetRegistryScanningConfiguration.class, new GetRegistryScanningConfiguration.Input())
                        .map(GetRegistryScanningConfiguration.Output::scanningConfiguration),
                visit.part(DescribeRegistry.class, new DescribeRegistry.Input())
                        .map(DescribeRegistry.Output::replicationConfiguration),
                visit.part(GetSigningConfiguration.class, new GetSigningConfiguration.Input())
                        .map(GetSigningConfiguration.Output::signingConfiguration),
                visit.part(
                                DescribePullThroughCacheRules.class,
                                new DescribePullThroughCacheRules.Input(null, null, null, SHOWN))
                        .map(DescribePullThroughCacheRules.Output::pullThroughCacheRules),
                visit.part(
                                DescribeRepositoryCreationTemplates.class,
                                new DescribeRepositoryCreationTemplates.Input(null, null, SHOWN))
                        .map(DescribeRepositoryCreationTemplates.Output::repositoryCreationTemplates),
                settings(visit));
        return Answer.shown("Registry settings", "registry-settings", model);
    }

    private static Part<Map<String, String>> settings(Visit visit) {
        var settings = new LinkedHashMap<String, String>();
        for (var name : Arrays.stream(AccountSetting.values()).map(Enum::name).toList()) {
            var part = visit.part(GetAccountSetting.class, new GetAccountSetting.Input(name));
            if (part.refusal().isPresent()) {
                return new Part<>(Optional.empty(), part.refusal());
            }
            settings.put(name, part.found().orElseThrow().value());
        }
        return new Part<>(Optional.of(settings), Optional.empty());
    }
}
