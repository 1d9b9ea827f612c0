package entrepot.operation.template;

import entrepot.domain.AccountId;
import entrepot.domain.CreationTemplate;
import entrepot.domain.RegistryId;
import entrepot.store.Transaction;

/// A template after what was done with it.
public record TemplateOutput(AccountId registryId, TemplateView repositoryCreationTemplate) {

    static TemplateOutput of(Transaction tx, RegistryId registry, CreationTemplate template) {
        return new TemplateOutput(registry.account(), TemplateView.of(tx, registry, template));
    }
}
