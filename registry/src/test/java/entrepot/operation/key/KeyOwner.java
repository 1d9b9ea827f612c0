package entrepot.operation.key;

import entrepot.domain.Arn;
import entrepot.domain.EncryptionKey;
import entrepot.domain.EncryptionKey.State;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryId;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.util.UUID;

/// Makes and disables keys of the built-in key service without asking whether it may.
public record KeyOwner(MetadataStore metadata) {

    /// All is left to the account.
    private static String policy(RegistryId home) {
        return """
                {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "kms:*", "Resource": "*"}]}""".formatted(home.account());
    }

    public Arn create(RegistryId home) {
        var id = UUID.randomUUID().toString();
        var key = EncryptionKey.create(id, home, EncryptionKey.Manager.CUSTOMER, "", Instant.EPOCH);
        metadata.transact(tx -> {
            tx.encryptionKeys().create(key, policy(home), EncryptionKey.newMaterial());
            return key;
        });
        return key.arn();
    }

    public void disable(Arn key) {
        put(key, State.DISABLED);
    }

    public void enable(Arn key) {
        put(key, State.ENABLED);
    }

    private void put(Arn key, State state) {
        var arn = KeyArn.parse(key.value()).orElseThrow();
        metadata.transact(tx -> {
            tx.encryptionKeys().update(Keys.require(tx, arn).in(state));
            return state;
        });
    }
}
