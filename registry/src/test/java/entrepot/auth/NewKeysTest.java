package entrepot.auth;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Partition;
import entrepot.store.AccessKeys.AccessKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NewKeysTest {

    private final NewKeys keys = new NewKeys(new SecureRandom());

    @Test
    void a_key_has_the_form_of_aws_and_is_never_made_twice() {
        var made = Stream.generate(() -> keys.create(new AccountId("123456789012"), Instant.EPOCH))
                .limit(200)
                .toList();

        assertThat(made).allSatisfy(key -> {
            assertThat(key.id()).matches("AKIA[A-Z2-7]{16}");
            assertThat(key.secret()).matches("[A-Za-z0-9+/]{40}");
            assertThat(key.account()).hasToString("123456789012");
            assertThat(key.principal(Partition.AWS).value()).isEqualTo("arn:aws:iam::123456789012:root");
        });
        assertThat(made).extracting(AccessKey::id).doesNotHaveDuplicates();
        assertThat(made).extracting(AccessKey::secret).doesNotHaveDuplicates();
    }

    @Test
    void a_key_does_not_print_its_secret() {
        var key = keys.create(new AccountId("123456789012"), Instant.EPOCH);

        assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret());
    }
}
