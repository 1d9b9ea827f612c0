package entrepot.store.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretBoxTest {

    @Test
    void a_sealed_value_does_not_pass_for_another_one() {
        var box = SecretBox.random();
        var sealed = box.seal("access_key/A", new byte[] {1, 2});

        assertThat(box.open("access_key/A", sealed)).containsExactly(1, 2);
        assertThatThrownBy(() -> box.open("access_key/B", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SecretBox.random().open("access_key/A", sealed))
                .isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> box.open("access_key/A", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box.open("access_key/A", new byte[3])).isInstanceOf(IllegalStateException.class);
    }
}
