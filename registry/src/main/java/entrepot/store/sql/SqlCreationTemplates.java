package entrepot.store.sql;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import entrepot.domain.Arn;
import entrepot.domain.CreationTemplate;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.TagMutability;
import entrepot.domain.TemplatePrefix;
import entrepot.store.CreationTemplates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tables `creation_template` and `creation_template_tag`.
record SqlCreationTemplates(Sql sql) implements CreationTemplates {

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    private static final String COLUMNS = "prefix, description, encryption, kms_key, tag_mutability, tag_exclusions,"
            + " policy, lifecycle_policy, applied_for, custom_role, created_at, updated_at";

    private static final String OF_REGISTRY =
            "select " + COLUMNS + " from creation_template where registry = " + REGISTRY;

    static final String PAGE = OF_REGISTRY + " and prefix > ? order by prefix limit ?";

    private record TagRow(String prefix, ResourceTag tag) {}

    @Override
    public List<CreationTemplate> find(RegistryId registry, Collection<TemplatePrefix> prefixes) {
        return withTags(
                registry,
                sql.listIn(
                        OF_REGISTRY + " and prefix in (*)",
                        SqlCreationTemplates::template,
                        texts(prefixes),
                        registry.account(),
                        registry.region()));
    }

    @Override
    public List<CreationTemplate> list(RegistryId registry, @Nullable TemplatePrefix after, int limit) {
        return withTags(
                registry,
                sql.list(
                        PAGE,
                        SqlCreationTemplates::template,
                        registry.account(),
                        registry.region(),
                        after == null ? "" : after.value(),
                        limit));
    }

    @Override
    public void put(RegistryId registry, CreationTemplate template) {
        SqlRepositories.makeRegistry(sql, registry);
        var settings = template.settings();
        sql.update(
                "insert into creation_template (registry, " + COLUMNS + ") values (" + REGISTRY
                        + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (registry, prefix) do update set description = excluded.description,"
                        + " encryption = excluded.encryption, kms_key = excluded.kms_key,"
                        + " tag_mutability = excluded.tag_mutability, tag_exclusions = excluded.tag_exclusions,"
                        + " policy = excluded.policy, lifecycle_policy = excluded.lifecycle_policy,"
                        + " applied_for = excluded.applied_for, custom_role = excluded.custom_role,"
                        + " created_at = excluded.created_at, updated_at = excluded.updated_at",
                registry.account(),
                registry.region(),
                template.prefix().value(),
                template.description(),
                settings.encryption().type(),
                text(settings.encryption().key()),
                settings.tagMutability().mode().name(),
                SqlRepositories.exclusions(settings.tagMutability()),
                settings.repositoryPolicy(),
                settings.lifecyclePolicy(),
                template.appliedFor().stream().map(Enum::name).collect(joining("\n")),
                text(template.customRole()),
                template.createdAt(),
                template.updatedAt());
        deleteTags(registry, template.prefix());
        settings.tags().forEach(tag -> putTag(registry, template.prefix(), tag));
    }

    private void putTag(RegistryId registry, TemplatePrefix prefix, ResourceTag tag) {
        sql.update(
                "insert into creation_template_tag (registry, prefix, name, value) values (" + REGISTRY + ", ?, ?, ?)",
                registry.account(),
                registry.region(),
                prefix.value(),
                tag.key(),
                tag.value());
    }

    @Override
    public void delete(RegistryId registry, TemplatePrefix prefix) {
        deleteTags(registry, prefix);
        delete("creation_template", registry, prefix);
    }

    private void deleteTags(RegistryId registry, TemplatePrefix prefix) {
        delete("creation_template_tag", registry, prefix);
    }

    private void delete(String table, RegistryId registry, TemplatePrefix prefix) {
        sql.update(
                "delete from " + table + " where registry = " + REGISTRY + " and prefix = ?",
                registry.account(),
                registry.region(),
                prefix.value());
    }

    private List<CreationTemplate> withTags(RegistryId registry, List<CreationTemplate> found) {
        if (found.isEmpty()) {
            return found;
        }
        var tags = tags(registry, found.stream().map(CreationTemplate::prefix).toList());
        return found.stream()
                .map(template -> template.with(template.settings()
                        .tagged(tags.getOrDefault(template.prefix().value(), List.of()))))
                .toList();
    }

    private Map<String, List<ResourceTag>> tags(RegistryId registry, List<TemplatePrefix> prefixes) {
        return sql
                .listIn(
                        "select prefix, name, value from creation_template_tag where registry = " + REGISTRY
                                + " and prefix in (*)",
                        row -> new TagRow(row.getString(1), new ResourceTag(row.getString(2), row.getString(3))),
                        texts(prefixes),
                        registry.account(),
                        registry.region())
                .stream()
                .sorted(Comparator.comparing(row -> row.tag().key()))
                .collect(groupingBy(TagRow::prefix, mapping(TagRow::tag, toList())));
    }

    private static CreationTemplate template(ResultSet row) throws SQLException {
        var settings = new CreationTemplate.Settings(
                CreationTemplate.Wish.of(row.getString(3), arn(row, 4)),
                List.of(),
                mutability(row),
                row.getString(7),
                row.getString(8));
        return new CreationTemplate(
                new TemplatePrefix(row.getString(1)),
                row.getString(2),
                settings,
                row.getString(9).lines().map(CreationTemplate.Occasion::valueOf).toList(),
                arn(row, 10),
                Columns.instant(row, 11),
                Columns.instant(row, 12));
    }

    private static TagMutability mutability(ResultSet row) throws SQLException {
        return SqlRepositories.mutability(row.getString(5), row.getString(6));
    }

    private static @Nullable Arn arn(ResultSet row, int column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : new Arn(text);
    }

    private static @Nullable String text(@Nullable Arn arn) {
        return arn == null ? null : arn.value();
    }

    private static List<String> texts(Collection<TemplatePrefix> prefixes) {
        return prefixes.stream().map(TemplatePrefix::value).toList();
    }
}
