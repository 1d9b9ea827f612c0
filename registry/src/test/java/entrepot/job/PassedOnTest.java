package entrepot.job;

import entrepot.store.MetadataStore;
import entrepot.store.PassedOn;
import org.junit.jupiter.api.Test;

class PassedOnTest {

    @Test
    void every_method_of_metadata() {
        PassedOn.assertDeclaresAll(Fenced.class, MetadataStore.class);
    }
}
