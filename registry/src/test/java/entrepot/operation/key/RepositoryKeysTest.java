package entrepot.operation.key;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.ID;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EncryptionKey.Manager;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RepositoryKeysTest {

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final RepositoryKeys ofEcr = new RepositoryKeys(keys.world().metadata, keys.world().clock);

    @Test
    void a_data_key_is_bound_to_its_repository() {
        var key = KeyWorld.arn(keys.key());
        var made = ofEcr.newDataKey(key, ID.repository(APP));

        assertThat(ofEcr.decrypt(key, made.ciphertext(), ID.repository(APP)))
                .hasSize(32)
                .isEqualTo(made.plaintext());
        assertThat(refusal(() -> ofEcr.decrypt(key, made.ciphertext(), ID.repository(OTHER))))
                .startsWith("InvalidCiphertextException");
        assertThat(refusal(() -> ofEcr.decrypt(KeyWorld.arn(keys.key()), made.ciphertext(), ID.repository(APP))))
                .startsWith("IncorrectKeyException");
    }

    @Test
    void a_disabled_key_is_felt_at_once() {
        var key = keys.key();
        var made = ofEcr.newDataKey(KeyWorld.arn(key), ID.repository(APP));
        keys.disable(key);

        assertThat(refusal(() -> ofEcr.decrypt(KeyWorld.arn(key), made.ciphertext(), ID.repository(APP))))
                .startsWith("DisabledException");
    }

    @Test
    void the_key_of_a_registry_is_made_once_and_only_ecr_uses_it() {
        var made = ofEcr.managed(ID);

        assertThat(ofEcr.managed(ID)).isEqualTo(made);
        assertThat(made.manager()).isEqualTo(Manager.AWS);
        assertThat(ofEcr.newDataKey(KeyWorld.arn(made.id()), ID.repository(APP)).plaintext())
                .hasSize(32);
        assertThat(refusal(() -> keys.encrypt(RepositoryKeys.ALIAS, new byte[1], Map.of())))
                .startsWith("AccessDeniedException");
        assertThat(refusal(() -> keys.disable(made.id()))).startsWith("AccessDeniedException");
    }
}
