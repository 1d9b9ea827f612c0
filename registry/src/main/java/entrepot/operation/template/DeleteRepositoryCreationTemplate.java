package entrepot.operation.template;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Takes a template away, and answers how it was. The repositories that were made by it stay as they are. Source: ECR
/// API, DeleteRepositoryCreationTemplate.
public final class DeleteRepositoryCreationTemplate
        implements Operation<DeleteRepositoryCreationTemplate.Input, TemplateOutput> {

    public record Input(TemplatePrefix prefix) {}

    private final MetadataStore metadata;

    DeleteRepositoryCreationTemplate(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.ofCaller(caller, name());
    }

    @Override
    public TemplateOutput run(Caller caller, Law law, Input input) {
        var registry = caller.registry();
        return metadata.transact(tx -> {
            var template = StoredTemplates.require(tx, registry, input.prefix());
            tx.creationTemplates().delete(registry, template.prefix());
            return TemplateOutput.of(tx, registry, template);
        });
    }
}
