package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.store.AccessKeys.AccessKey;
import org.junit.jupiter.api.Test;

public abstract class AccessKeysContract extends MetadataStoreContract {

    private static final AccessKey KEY =
            new AccessKey("AKIAABCDEFGHIJKLMNOP", "s3cret", "123456789012", "arn:aws:iam::123456789012:root");

    @Test
    void a_key_is_found_by_its_id_as_it_was_created() {
        write(tx -> tx.accessKeys().create(KEY));

        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).contains(KEY);
    }

    @Test
    void an_absent_key_is_not_found() {
        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).isEmpty();
    }

    @Test
    void an_id_is_given_to_one_key_only() {
        write(tx -> tx.accessKeys().create(KEY));

        assertThatThrownBy(() -> write(
                        tx -> tx.accessKeys().create(new AccessKey(KEY.id(), "other", "210987654321", "arn:other"))))
                .isInstanceOf(RuntimeException.class);
        assertThat(found(tx -> tx.accessKeys().find(KEY.id()))).contains(KEY);
    }

    @Test
    void a_secret_is_found_by_its_name() {
        write(tx -> tx.accessKeys().createSecret("token", new byte[] {1, 0, -1}));

        assertThat(found(tx -> tx.accessKeys().secret("token"))).hasValue(new byte[] {1, 0, -1});
        assertThat(found(tx -> tx.accessKeys().secret("other"))).isEmpty();
    }

    @Test
    void a_secret_that_is_there_can_be_replaced() {
        write(tx -> tx.accessKeys().createSecret("token", new byte[] {1}));
        write(tx -> tx.accessKeys().replaceSecret("token", new byte[] {2, 3}));
        write(tx -> tx.accessKeys().replaceSecret("other", new byte[] {4}));

        assertThat(found(tx -> tx.accessKeys().secret("token"))).hasValue(new byte[] {2, 3});
        assertThat(found(tx -> tx.accessKeys().secret("other"))).isEmpty();
    }

    @Test
    void a_secret_is_never_made_twice() {
        write(tx -> tx.accessKeys().createSecret("token", new byte[] {1}));

        assertThatThrownBy(() -> write(tx -> tx.accessKeys().createSecret("token", new byte[] {2})))
                .isInstanceOf(RuntimeException.class);
        assertThat(found(tx -> tx.accessKeys().secret("token"))).hasValue(new byte[] {1});
    }
}
