package entrepot.job;

import static org.assertj.core.api.Assertions.assertThatCode;

import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.watched.WatchedBlobs;
import entrepot.store.watched.WatchedMetadata;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A store around another one passes everything on: what it does not declare itself is the interface's own answer.
class PassedOnTest {

    @Test
    void every_method_of_metadata() {
        assertDeclaresAll(WatchedMetadata.class, MetadataStore.class);
        assertDeclaresAll(Fenced.class, MetadataStore.class);
    }

    @Test
    void every_method_of_blobs() {
        assertDeclaresAll(WatchedBlobs.class, BlobStore.class);
    }

    private static void assertDeclaresAll(Class<?> around, Class<?> store) {
        Stream.of(store.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .forEach(method -> assertThatCode(
                                () -> around.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .as("%s of %s", method.getName(), around.getSimpleName())
                        .doesNotThrowAnyException());
    }
}
