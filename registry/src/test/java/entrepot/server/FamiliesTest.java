package entrepot.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import entrepot.aws.Built;
import entrepot.aws.Service;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

    @Test
    void every_operation_of_ecr_is_built() {
        var entries = Built.FAMILIES.ecr().entries();

        assertThat(entries).hasSize(62).doesNotContainValue(new Service.Entry.NotBuilt());
    }

    /// In the table's first column, each once.
    @Test
    void every_operation_of_ecr_has_a_line_that_says_what_of_it_is_real() throws IOException {
        var page = Files.readString(Path.of("../docs/operations.md"));
        var table = page.substring(page.indexOf("| operation | family |"), page.indexOf("What [scanning]"));
        var named = table.lines()
                .skip(2)
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" *\\| *", -1)[1].replace("*", ""))
                .flatMap(names -> Stream.of(names.split(", ", -1)));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Built.FAMILIES.ecr().entries().keySet());
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
