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
import java.util.Map;
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

    /// A line for each, `| for | operations |`.
    @Test
    void what_ecr_has_and_is_not_built_is_in_the_documents() throws IOException {
        var page = Files.readString(Path.of("../docs/operations.md"));
        var lines = page.substring(page.indexOf("## Not built"), page.indexOf("## What is done without"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| for "))
                .map(line -> line.split(" *\\| *"))
                .toList();

        assertThat(lines.stream().flatMap(line -> Stream.of(line[2].split(", "))))
                .containsExactlyInAnyOrderElementsOf(notBuilt());
        assertThat(Files.readString(Path.of("../README.md")).replaceAll("\\s+", " "))
                .contains("ECR's operations for %s answer 501"
                        .formatted(list(lines.stream().map(line -> line[1]).toList())));
    }

    private static List<String> notBuilt() {
        return Built.FAMILIES.ecr().entries().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Service.Entry.NotBuilt)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String list(List<String> subjects) {
        return subjects.size() == 1
                ? subjects.getFirst()
                : String.join(", ", subjects.subList(0, subjects.size() - 1)) + " and " + subjects.getLast();
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
