package entrepot.operation.template;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;

/// Changes a template, for repositories that are made from then on. What is not said stays as it was; an empty text or
/// list takes away what was there. Source: ECR API, UpdateRepositoryCreationTemplate.
public final class UpdateRepositoryCreationTemplate implements Operation<TemplateInput, TemplateOutput> {

    private final MetadataStore metadata;
    private final TemplateNeeds needs;
    private final InstantSource clock;

    UpdateRepositoryCreationTemplate(MetadataStore metadata, TemplateNeeds needs, InstantSource clock) {
        this.metadata = metadata;
        this.needs = needs;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, TemplateInput input) {
        return needs.of(caller, name(), input);
    }

    @Override
    public TemplateOutput run(Caller caller, Law law, TemplateInput input) {
        var registry = caller.registry();
        var given = GivenTemplate.check(registry, input);
        var output = metadata.transact(tx -> {
            var before = StoredTemplates.require(tx, registry, input.prefix());
            var template = given.over(before, tx, registry, clock.instant());
            tx.creationTemplates().put(registry, template);
            return TemplateOutput.of(tx, registry, template);
        });
        given.tellUnknownKeys();
        return output;
    }
}
