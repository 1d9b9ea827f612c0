package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every key service must do. The test of one says how it is opened, and how its owner makes and disables keys.
public abstract class KeyServiceContract {

    protected static final RegistryId REGISTRY = new RegistryId(new AccountId("000000000000"), "us-east-1");

    private static final Arn APP = new Arn("arn:aws:ecr:us-east-1:000000000000:repository/app");
    private static final Arn OTHER = new Arn("arn:aws:ecr:us-east-1:000000000000:repository/other");

    private KeyService keys;
    private Arn key;

    protected abstract KeyService open();

    protected abstract Arn create();

    protected abstract void disable(Arn key);

    @BeforeEach
    void open_the_service() {
        keys = open();
        key = create();
    }

    @Test
    void a_service_that_answers_can_be_used() {
        assertThatCode(() -> keys.check(REGISTRY)).doesNotThrowAnyException();
    }

    @Test
    void a_key_is_found_by_its_id_and_its_arn() {
        var id = key.value().substring(key.value().indexOf('/') + 1);

        assertThat(keys.resolve(REGISTRY, id)).isEqualTo(key);
        assertThat(keys.resolve(REGISTRY, key.value())).isEqualTo(key);
    }

    @Test
    void a_key_that_is_not_there_is_not_found() {
        assertThat(kmsError(() -> keys.resolve(REGISTRY, "00000000-0000-0000-0000-000000000000")))
                .isEqualTo("KMS.NotFoundException");
        assertThat(kmsError(() -> keys.resolve(REGISTRY, "alias/absent"))).isEqualTo("KMS.NotFoundException");
    }

    @Test
    void a_data_key_is_unwrapped_as_it_was_made() {
        var made = keys.generate(key, APP);

        assertThat(made.plain()).hasSize(32);
        assertThat(keys.unwrap(key, APP, made.wrapped())).isEqualTo(made.plain());
        assertThat(keys.generate(key, APP).plain()).isNotEqualTo(made.plain());
    }

    @Test
    void no_data_key_is_unwrapped_for_another_repository_or_by_another_key() {
        var made = keys.generate(key, APP);

        assertThat(kmsError(() -> keys.unwrap(key, OTHER, made.wrapped()))).startsWith("KMS.");
        assertThat(kmsError(() -> keys.unwrap(create(), APP, made.wrapped()))).startsWith("KMS.");
    }

    @Test
    void a_data_key_that_was_changed_is_not_unwrapped() {
        var wrapped = keys.generate(key, APP).wrapped();
        wrapped[wrapped.length - 1] ^= 1;

        assertThat(kmsError(() -> keys.unwrap(key, APP, wrapped))).startsWith("KMS.");
        assertThat(kmsError(() -> keys.unwrap(key, APP, Arrays.copyOf(wrapped, 3))))
                .startsWith("KMS.");
    }

    @Test
    void a_disabled_key_does_nothing() {
        var made = keys.generate(key, APP);
        disable(key);

        assertThat(kmsError(() -> keys.generate(key, APP))).isEqualTo("KMS.DisabledException");
        assertThat(kmsError(() -> keys.unwrap(key, APP, made.wrapped()))).isEqualTo("KMS.DisabledException");
    }

    private static String kmsError(ThrowingCallable call) {
        var refusal = catchThrowableOfType(RegistryException.class, call);
        assertThat(refusal).as("the call's refusal").isNotNull();
        assertThat(refusal.error()).isInstanceOf(RepositoryError.Kms.class);
        return ((RepositoryError.Kms) refusal.error()).kmsError();
    }
}
