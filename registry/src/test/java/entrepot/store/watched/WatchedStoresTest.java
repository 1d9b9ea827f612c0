package entrepot.store.watched;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.BlobStore;
import entrepot.store.KeyService;
import entrepot.store.MetadataStore;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Whoever is watched does all that he did: a method that is not passed on would do what it does where nothing is said.
class WatchedStoresTest {

    @Test
    void every_call_is_passed_on() {
        assertPassesOn(WatchedMetadata.class, MetadataStore.class);
        assertPassesOn(WatchedBlobs.class, BlobStore.class);
        assertPassesOn(WatchedKeys.class, KeyService.class);
    }

    private static void assertPassesOn(Class<?> watched, Class<?> store) {
        assertThat(Arrays.stream(store.getMethods()).filter(call -> !Modifier.isStatic(call.getModifiers())))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(madeIn(watched, call)).isEqualTo(watched));
    }

    private static Class<?> madeIn(Class<?> watched, Method call) throws NoSuchMethodException {
        return watched.getMethod(call.getName(), call.getParameterTypes()).getDeclaringClass();
    }
}
