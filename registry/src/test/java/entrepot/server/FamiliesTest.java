package entrepot.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import entrepot.aws.Built;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliesTest {

    private static final List<Family> FAMILIES = Built.FAMILIES.all();

    @Test
    void every_operation_is_listed_by_one_family_of_its_package() {
        var listed = FAMILIES.stream()
                .flatMap(family -> family.all().stream()
                        .filter(operation -> operation.getClass().getPackage()
                                == family.getClass().getPackage()))
                .map(operation -> operation.getClass().getName());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(written(Operation.class));
    }

    @Test
    void every_family_is_listed() {
        var listed = FAMILIES.stream().map(family -> family.getClass().getName());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(written(Family.class));
    }

    @Test
    void every_operation_is_in_the_documents() throws IOException {
        var words = List.of(Files.readString(Path.of("../docs/operations.md")).split("\\W+"));

        assertThat(FAMILIES.stream().flatMap(family -> family.all().stream()).map(Operation::name))
                .allMatch(words::contains);
    }

    /// The classes of a kind that there are, whether or not anybody uses them.
    private static List<String> written(Class<?> kind) {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("entrepot")
                        .that(assignableTo(kind))
                        .stream()
                        .filter(type -> !type.isInterface())
                        .map(type -> type.getName())
                        .toList();
    }
}
