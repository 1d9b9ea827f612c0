package entrepot.operation.template;

import static java.util.stream.Collectors.toMap;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.CreationTemplate;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The templates of a registry by prefix, or all of them page by page, in the order of their prefixes. Source: ECR API,
/// DescribeRepositoryCreationTemplates.
public final class DescribeRepositoryCreationTemplates
        implements Operation<DescribeRepositoryCreationTemplates.Input, DescribeRepositoryCreationTemplates.Output> {

    private static final String PAGE = "creation-templates";

    /// A template may have 40 KiB, and the model bounds neither names nor, to less than 1,000, pages.
    private static final int MOST = 100;

    /// No prefixes are as none given.
    public record Input(
            @Nullable List<TemplatePrefix> prefixes,
            @Nullable String nextToken,
            @Nullable Integer maxResults) {}

    public record Output(
            AccountId registryId,
            List<TemplateView> repositoryCreationTemplates,
            @Nullable String nextToken) {}

    private final MetadataStore metadata;

    DescribeRepositoryCreationTemplates(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        var prefixes = input.prefixes();
        if (prefixes != null && !prefixes.isEmpty()) {
            PageSize.requireNone(input.maxResults(), input.nextToken(), "prefixes");
            return metadata.read(tx -> output(tx, registry, named(tx, registry, prefixes), null));
        }
        var size = Math.min(MOST, PageSize.of(law, input.maxResults()));
        var token = PageToken.parse(input.nextToken());
        var after = token == null ? null : token.key(PAGE, TemplatePrefix::new);
        return metadata.read(tx -> page(tx, registry, after, size));
    }

    private static List<CreationTemplate> named(Transaction tx, RegistryId registry, List<TemplatePrefix> prefixes) {
        var distinct = prefixes.stream().distinct().toList();
        if (distinct.size() > MOST) {
            throw new RegistryException(new JsonAloneError.InvalidParameter(
                    "prefixes", "Member must have length less than or equal to " + MOST));
        }
        var found = tx.creationTemplates().find(registry, distinct).stream()
                .collect(toMap(CreationTemplate::prefix, Function.identity()));
        return distinct.stream()
                .map(prefix -> {
                    var template = found.get(prefix);
                    if (template == null) {
                        throw StoredTemplates.absent(registry, prefix);
                    }
                    return template;
                })
                .toList();
    }

    private static Output page(Transaction tx, RegistryId registry, @Nullable TemplatePrefix after, int size) {
        var found = tx.creationTemplates().list(registry, after, size + 1);
        var shown = found.subList(0, Math.min(size, found.size()));
        var next = shown.size() < found.size()
                ? new PageToken(PAGE, shown.getLast().prefix().value()).toString()
                : null;
        return output(tx, registry, shown, next);
    }

    private static Output output(
            Transaction tx, RegistryId registry, List<CreationTemplate> templates, @Nullable String next) {
        var views = templates.stream()
                .map(template -> TemplateView.of(tx, registry, template))
                .toList();
        return new Output(registry.account(), views, next);
    }
}
