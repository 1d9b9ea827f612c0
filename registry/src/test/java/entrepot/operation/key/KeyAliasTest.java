package entrepot.operation.key;

import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.Operation;
import entrepot.operation.key.alias.DeleteAlias;
import entrepot.operation.key.alias.ListAliases;
import entrepot.operation.key.alias.UpdateAlias;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// CreateAlias, UpdateAlias, DeleteAlias and ListAliases.
class KeyAliasTest {

    private static final byte[] TEXT = {1, 2, 3};

    @AutoClose
    private final KeyWorld keys = KeyWorld.create();

    private final String key = keys.key();

    private <I, O, P extends Operation<I, O>> O call(Class<P> operation, I input) {
        return keys.world().call(keys.world().the(operation), input);
    }

    @Test
    void an_alias_means_its_key_until_it_is_given_to_another() {
        var other = keys.key();
        keys.alias("alias/app", key);
        assertThat(keyOf(keys.encrypt("alias/app", TEXT, Map.of()))).isEqualTo(key);

        call(UpdateAlias.class, new UpdateAlias.Input("alias/app", other));

        assertThat(keyOf(keys.encrypt("arn:aws:kms:eu-west-1:123456789012:alias/app", TEXT, Map.of())))
                .isEqualTo(other);
        call(DeleteAlias.class, new DeleteAlias.Input("alias/app"));
        assertThat(refusal(() -> keys.encrypt("alias/app", TEXT, Map.of())))
                .isEqualTo("NotFoundException: Alias arn:aws:kms:eu-west-1:123456789012:alias/app is not found.");
    }

    private static String keyOf(byte[] sealed) {
        return Ciphertext.parse(sealed).orElseThrow().keyId();
    }

    @Test
    void a_name_is_given_once() {
        keys.alias("alias/app", key);

        assertThat(refusal(() -> keys.alias("alias/app", keys.key())))
                .isEqualTo("AlreadyExistsException: An alias with the name"
                        + " arn:aws:kms:eu-west-1:123456789012:alias/app already exists");
    }

    @ParameterizedTest
    @CsvSource({
        "app, ValidationException: Alias must start with the prefix",
        "alias/a:b, ValidationException: alias/a:b contains invalid characters for an alias",
        "alias/, ValidationException: alias/ contains invalid characters for an alias",
        "alias/aws/ecr, InvalidAliasNameException: The prefix alias/aws/ is reserved."
    })
    void a_name_that_an_alias_cannot_have_is_refused(String name, String refusal) {
        assertThat(refusal(() -> keys.alias(name, key))).startsWith(refusal);
    }

    @Test
    void aliases_are_listed_all_or_those_of_a_key() {
        keys.alias("alias/b", key);
        keys.alias("alias/a", keys.key());

        assertThat(call(ListAliases.class, new ListAliases.Input(null, null, null))
                        .aliases())
                .extracting(ListAliases.Entry::aliasName)
                .containsExactly("alias/a", "alias/b");
        assertThat(call(ListAliases.class, new ListAliases.Input(key, null, null))
                        .aliases())
                .extracting(ListAliases.Entry::aliasName)
                .containsExactly("alias/b");
    }
}
