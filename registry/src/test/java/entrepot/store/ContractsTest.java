package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No backend, and no group of tables, is without its contract.
class ContractsTest {

    private static final JavaClasses CODE = new ClassFileImporter().importPackages("entrepot.store");

    /// `SqliteReader` can be given nothing to hold, since it only reads.
    @Test
    void every_metadata_store_is_held_by_the_contract() {
        assertThat(backends(MetadataStore.class))
                .isNotEmpty()
                .filteredOn(backend -> !backend.getSimpleName().equals("SqliteReader"))
                .isSubsetOf(held(MetadataStoreContract.class));
    }

    @Test
    void every_blob_store_is_held_by_the_contract() {
        assertThat(backends(BlobStore.class)).isNotEmpty().isSubsetOf(held(BlobStoreContract.class));
    }

    @Test
    void every_key_service_is_held_by_the_contract() {
        assertThat(backends(KeyService.class)).isNotEmpty().isSubsetOf(held(KeyServiceContract.class));
    }

    @Test
    void every_group_of_tables_has_a_contract() {
        var groups = Arrays.stream(Transaction.class.getMethods())
                .map(group -> group.getReturnType().getSimpleName() + "Contract");

        assertThat(contractsOfStore()).containsAll(groups.toList());
    }

    @Test
    void every_contract_of_tables_is_part_of_that_of_the_store() {
        var contracts = CODE.get(TablesContract.class).getSubclasses().stream().map(JavaClass::getSimpleName);

        assertThat(contractsOfStore()).containsExactlyInAnyOrderElementsOf(contracts.toList());
    }

    private static Stream<String> contractsOfStore() {
        return Arrays.stream(MetadataStoreContract.class.getDeclaredClasses())
                .map(part -> part.getSuperclass().getSimpleName());
    }

    /// What is watched is any of them; `WatchedStoresTest` sees that nothing of it is lost.
    private static List<JavaClass> backends(Class<?> port) {
        return CODE.stream()
                .filter(type -> type.isAssignableTo(port) && !type.isInterface())
                .filter(type -> type.getPackageName().startsWith("entrepot.store."))
                .filter(type -> !type.getPackageName().equals("entrepot.store.watched"))
                .toList();
    }

    /// A contract's test says by what `open` gives which backend it is of.
    private static List<JavaClass> held(Class<?> contract) {
        return CODE.get(contract).getAllSubclasses().stream()
                .map(test -> test.getMethod("open").getRawReturnType())
                .toList();
    }
}
