package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The repositories of a registry by name, or all of them page by page, in the order of their names. Source: ECR API,
/// DescribeRepositories; `/v2/_catalog` is the same.
public final class DescribeRepositories implements Operation<DescribeRepositories.Input, DescribeRepositories.Output> {

    private static final String PAGE = "repositories";
    private static final String TEXT = "after-repository";

    public record Input(
            @Nullable AccountId registryId,
            @Nullable List<RepositoryName> repositoryNames,
            @Nullable String nextToken,
            @Nullable Integer maxResults) {}

    public record Output(
            List<RepositoryView> repositories, @Nullable String nextToken) {}

    private final MetadataStore metadata;

    DescribeRepositories(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /// The token of a page that begins after this name, whether it exists or not.
    public static String after(String name) {
        return new PageToken(PAGE, name).toString();
    }

    /// The token of a page of the names that come after this text in the order of bytes, whatever it is.
    public static String afterText(String text) {
        return new PageToken(TEXT, text).toString();
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var registry = caller.registry(input.registryId());
        return input.repositoryNames() == null
                ? List.of(new Permission(registry.account(), "ecr:" + name(), registry.anyRepository()))
                : input.repositoryNames().stream()
                        .map(name -> Permissions.on(registry, name, name()))
                        .toList();
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        if (input.repositoryNames() != null) {
            PageSize.requireNone(input.maxResults(), input.nextToken(), "repositoryNames");
            return new Output(views(named(registry, input.repositoryNames()), caller), null);
        }
        var size = PageSize.of(law, input.maxResults());
        var token = PageToken.parse(input.nextToken());
        var after = token == null ? null : nameBefore(token);
        var page = metadata.read(tx -> tx.repositories().list(registry, after, size + 1));
        var more = page.size() > size;
        var shown = more ? page.subList(0, size) : page;
        return new Output(
                views(shown, caller), more ? after(shown.getLast().name().value()) : null);
    }

    private static String nameBefore(PageToken token) {
        return token.kind().equals(TEXT)
                ? token.after()
                : token.key(PAGE, RepositoryName::new).value();
    }

    private List<Repository> named(RegistryId registry, List<RepositoryName> names) {
        return metadata.read(tx -> names.stream()
                .distinct()
                .map(name -> RepositoryLookup.require(tx, registry, name))
                .toList());
    }

    private static List<RepositoryView> views(List<Repository> repositories, Caller caller) {
        return repositories.stream()
                .map(repository -> RepositoryView.of(repository, caller))
                .toList();
    }
}
