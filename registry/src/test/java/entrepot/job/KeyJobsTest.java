package entrepot.job;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.key.KeyWorld;
import entrepot.operation.key.lifecycle.CancelKeyDeletion;
import entrepot.operation.key.lifecycle.EnableKeyRotation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// KeyDeletion and KeyRotation.
class KeyJobsTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final byte[] TEXT = {1, 2, 3};

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final String key = keys.key();
    private final KeysToDelete deletion = new KeysToDelete(keys.world().metadata, keys.world().clock);
    private final KeysToRotate rotation = new KeysToRotate(keys.world().metadata, keys.world().clock);

    private boolean isThere() {
        return keys.world().metadata.read(tx -> tx.encryptionKeys().find(key).isPresent());
    }

    @Test
    void a_key_is_deleted_when_its_time_is_over_and_not_before() {
        keys.scheduleDeletion(key);
        keys.world().clock.move(WEEK.minusMillis(1));
        deletion.runOnce();
        assertThat(isThere()).isTrue();

        keys.world().clock.move(Duration.ofMillis(1));
        deletion.runOnce();

        assertThat(isThere()).isFalse();
    }

    @Test
    void a_key_that_was_kept_stays() {
        keys.scheduleDeletion(key);
        keys.world().call(keys.world().the(CancelKeyDeletion.class), new CancelKeyDeletion.Input(key));
        keys.world().clock.move(WEEK);
        deletion.runOnce();

        assertThat(isThere()).isTrue();
    }

    @Test
    void a_key_that_rotates_has_a_new_material_each_time_and_reads_what_it_wrote() {
        var before = keys.encrypt(key, TEXT, Map.of());
        keys.world().call(keys.world().the(EnableKeyRotation.class), new EnableKeyRotation.Input(key, 90));
        rotation.runOnce();
        assertThat(keys.stored(key).material()).isEqualTo(1);

        keys.world().clock.move(Duration.ofDays(90));
        rotation.runOnce();
        rotation.runOnce();
        assertThat(keys.stored(key).material()).isEqualTo(2);
        assertThat(keys.decrypt(before, key, Map.of())).isEqualTo(TEXT);

        keys.world().clock.move(Duration.ofDays(90));
        rotation.runOnce();
        assertThat(keys.stored(key).material()).isEqualTo(3);
    }
}
