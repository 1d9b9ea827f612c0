package entrepot.operation.template;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.CreationTemplate;
import entrepot.domain.CreationTemplate.Settings;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Says how repositories of a namespace are made that nobody makes by CreateRepository, from the next one on. Source:
/// ECR API, CreateRepositoryCreationTemplate.
public final class CreateRepositoryCreationTemplate implements Operation<TemplateInput, TemplateOutput> {

    private final MetadataStore metadata;
    private final TemplateNeeds needs;
    private final InstantSource clock;

    CreateRepositoryCreationTemplate(MetadataStore metadata, TemplateNeeds needs, InstantSource clock) {
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
        var now = clock.instant();
        var given = GivenTemplate.check(registry, input);
        var output = metadata.transact(tx -> {
            refuseIfTaken(tx, registry, input.prefix());
            var template = given.over(blank(input.prefix(), now), tx, registry, now);
            tx.creationTemplates().put(registry, template);
            return TemplateOutput.of(tx, registry, template);
        });
        given.tellUnknownKeys();
        return output;
    }

    private static CreationTemplate blank(TemplatePrefix prefix, Instant now) {
        return new CreationTemplate(prefix, null, Settings.USUAL, List.of(), null, now, now);
    }

    private static void refuseIfTaken(Transaction tx, RegistryId registry, TemplatePrefix prefix) {
        if (StoredTemplates.find(tx, registry, prefix).isPresent()) {
            throw new RegistryException(new JsonAloneError.TemplateAlreadyExists(registry, prefix));
        }
    }
}
