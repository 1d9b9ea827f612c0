package entrepot.operation.key;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.ID;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.EncryptionKey.Manager;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.store.ForwardedMetadata;
import entrepot.store.Transaction;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RepositoryKeysTest {

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final RepositoryKeys ofEcr = new RepositoryKeys(keys.world().metadata, keys.world().clock);

    @Test
    void a_key_is_found_by_its_names() {
        var id = keys.key();
        var key = KeyWorld.arn(id).toArn();
        keys.alias("alias/images", id);

        assertThat(ofEcr.resolve(ID, "alias/images")).isEqualTo(key);
        assertThat(ofEcr.resolve(ID, "arn:aws:kms:eu-west-1:123456789012:alias/images"))
                .isEqualTo(key);
    }

    @Test
    void what_the_key_service_refuses_ecr_tells_by_its_name_of_it() {
        var key = keys.key();
        keys.scheduleDeletion(key);
        var arn = KeyWorld.arn(key).toArn();

        assertThatThrownBy(() -> ofEcr.generate(arn, ID.repository(APP)))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refusal -> assertThat(refusal.error())
                                .isEqualTo(new RepositoryError.Kms(
                                        "KMS.KMSInvalidStateException", arn + " is pending deletion.")));
    }

    /// As whoever reads the folder without the server's key, or has spoilt the row.
    @Test
    void a_key_whose_material_does_not_open_fails_by_itself() {
        var unreadable = new ForwardedMetadata(keys.world().metadata) {
            @Override
            public <T> T read(Function<Transaction, T> work) {
                throw new IllegalStateException("cannot be opened with this server key");
            }
        };
        var key = KeyWorld.arn(keys.key()).toArn();

        assertThatThrownBy(() -> new RepositoryKeys(unreadable, keys.world().clock).generate(key, ID.repository(APP)))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refusal -> assertThat(refusal.error())
                                .isInstanceOfSatisfying(
                                        RepositoryError.Kms.class,
                                        kms -> assertThat(kms.kmsError()).isEqualTo(RepositoryError.Kms.INTERNAL)));
    }

    @Test
    void the_key_of_a_registry_is_made_once_and_only_ecr_uses_it() {
        var made = ofEcr.managed(ID);

        assertThat(ofEcr.managed(ID)).isEqualTo(made);
        assertThat(made.manager()).isEqualTo(Manager.AWS);
        assertThat(ofEcr.generate(made.arn(), ID.repository(APP)).plain()).hasSize(32);
        assertThat(refusal(() -> keys.encrypt(RepositoryKeys.DEFAULT_KEY, new byte[1], Map.of())))
                .startsWith("AccessDeniedException");
        assertThat(refusal(() -> keys.disable(made.id()))).startsWith("AccessDeniedException");
    }
}
