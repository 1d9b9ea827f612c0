package entrepot.operation.template;

import entrepot.domain.CreationTemplate;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.TemplatePrefix;
import entrepot.store.Transaction;
import java.util.List;
import java.util.Optional;

/// The templates that a registry has, for whoever asks for them by prefix.
final class StoredTemplates {

    private StoredTemplates() {}

    static Optional<CreationTemplate> find(Transaction tx, RegistryId registry, TemplatePrefix prefix) {
        return tx.creationTemplates().find(registry, List.of(prefix)).stream().findFirst();
    }

    static CreationTemplate require(Transaction tx, RegistryId registry, TemplatePrefix prefix) {
        return find(tx, registry, prefix).orElseThrow(() -> absent(registry, prefix));
    }

    static RegistryException absent(RegistryId registry, TemplatePrefix prefix) {
        return new RegistryException(new JsonAloneError.TemplateNotFound(registry, prefix));
    }
}
