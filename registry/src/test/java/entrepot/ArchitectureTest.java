package entrepot;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.operation.Decisions;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of docs/architecture.md, checked.
class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("entrepot");

    private static final Map<String, Set<String>> ROWS = rows();

    @ParameterizedTest(name = "{0} may import {1}")
    @CsvSource(delimiter = '>', textBlock = """
        domain                     >
        lifecycle                  > domain
        store                      > domain
        store.seal                 >
        store.sql                  > store store.seal domain
        store.sqlite               > store store.sql store.seal domain
        store.postgres             > store store.sql store.seal domain
        store.disk                 > store domain
        store.memory               > store domain
        store.awskms               > store domain
        store.s3                   > store domain
        store.tiered               > store domain
        store.watched              > store watch domain
        archive                    > sealing store domain
        scanner                    > domain
        notation                   > domain
        signing                    > notation operation operation.image operation.layer auth sealing store domain
        scan                       > scanner operation operation.image operation.layer operation.scanning auth sealing store domain
        scan.database              > scan scanner upstream sealing store domain
        sealing                    > store domain
        auth                       > auth.policy store domain
        auth.policy                > domain
        auth.sigv4                 > auth store domain
        auth.token                 > auth store domain
        http                       > domain
        http.body                  > http domain
        http.vertx                 > http http.body domain
        aws.model                  >
        aws                        > aws.model operation auth domain
        aws.protocol               > aws aws.model http http.body operation auth auth.sigv4 domain
        operation                  > auth auth.policy auth.token sealing store watch domain
        operation.repository       > operation operation.key auth auth.policy sealing store domain
        operation.image            > operation operation.repository auth sealing store domain
        operation.layer            > operation operation.repository auth auth.token sealing store domain
        operation.lifecycle        > operation operation.image operation.repository lifecycle auth store domain
        operation.history          > operation operation.image operation.repository auth sealing store domain
        operation.cache            > operation operation.image operation.layer operation.repository operation.secret auth store upstream upstream.wire domain
        operation.template         > operation operation.key operation.repository lifecycle auth auth.policy sealing store domain
        operation.replication      > operation operation.image auth store domain
        operation.scanning         > operation operation.image operation.repository scanner auth sealing store domain
        operation.signing          > operation operation.image operation.repository auth store domain
        operation.registry         > operation operation.replication auth auth.policy auth.token store domain
        operation.identity         > auth store domain
        operation.identity.user    > operation operation.identity auth store domain
        operation.identity.key     > operation operation.identity auth store domain
        operation.identity.policy  > operation operation.identity auth auth.policy store domain
        operation.identity.session > operation auth domain
        aws.json                   > aws aws.model aws.protocol http http.body operation auth domain
        operation.key              > operation operation.identity auth auth.policy store domain
        operation.key.lifecycle    > operation operation.identity operation.key auth store domain
        operation.key.alias        > operation operation.identity operation.key auth store domain
        operation.key.cryptography > operation operation.key auth store domain
        operation.key.grant        > operation operation.identity operation.key auth store domain
        operation.key.policy       > operation operation.identity operation.key auth store domain
        operation.secret           > operation operation.identity auth auth.policy store domain
        ecr                        > aws aws.json aws.protocol domain
        kms                        > aws aws.json aws.protocol domain
        secrets                    > aws aws.json aws.protocol domain
        iam                        > aws aws.model aws.protocol http http.body operation auth auth.sigv4 domain
        oci                        > http http.body operation operation.image operation.layer operation.repository auth auth.token domain
        console                    > http http.body aws operation auth auth.token watch domain
        console.page               > console http aws operation operation.cache operation.history operation.identity.key operation.identity.policy operation.identity.user operation.image operation.layer operation.lifecycle operation.registry operation.replication operation.repository operation.scanning operation.signing operation.template auth domain
        admin                      >
        event                      > operation store domain
        event.send                 > event auth store
        upstream                   > upstream.wire domain
        upstream.wire              > domain
        transfer                   > upstream upstream.wire domain
        probe                      > aws.model upstream upstream.wire domain
        replication                > event upstream upstream.wire operation operation.image operation.layer operation.repository auth sealing store domain
        job                        > archive check event replication scan scan.database scanner signing operation operation.cache operation.lifecycle operation.scanning operation.signing auth auth.token store watch domain
        check                      > sealing store domain
        move                       > sealing store domain
        backup                     > move sealing store domain
        audit                      > operation auth domain
        config                     > http auth.policy store domain
        folder                     >
        watch                      >
        metrics                    > watch
        traces                     > watch http
        seed                       > config transfer upstream
        provision                  > config folder admin operation auth auth.policy store domain
        """)
    void imports_point_one_way(String from, String allowed) {
        var rest = allowed == null ? Stream.<String>empty() : Stream.of(allowed.split(" "));
        var known =
                Stream.concat(rest, Stream.of(from)).map(p -> "entrepot." + p).toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("entrepot." + from)
                .should()
                .dependOnClassesThat(resideInAPackage("entrepot..").and(not(resideInAnyPackage(known))))
                .check(CODE);
    }

    @Test
    void stores_are_opened_in_one_place() {
        noClasses()
                .that()
                .haveNameNotMatching("entrepot\\.server\\.(Stores|Backend|ArchiveFolder)(\\$.*)?")
                .and()
                .resideOutsideOfPackage("entrepot.store.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("entrepot.store.*..")
                .check(CODE);
    }

    @Test
    void tests_ask_one_place_for_their_stores() {
        noClasses()
                .that()
                .resideOutsideOfPackage("entrepot.store.*..")
                .and()
                .doNotBelongToAnyOf(TestStores.class)
                .and() // which scripts/speed-guard compiles without the other tests
                .doNotHaveFullyQualifiedName("entrepot.operation.image.HotRegistry")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("entrepot.store.*..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.OnlyIncludeTests())
                        .importPackages("entrepot"));
    }

    @Test
    void operations_are_run_through_the_one_door() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Operations.class)
                .should()
                .callMethodWhere(target(name("run"))
                        .and(targetOwner(assignableTo(Operation.class)))
                        .and(NOT_ITS_OWN))
                .check(CODE);
    }

    @Test
    void operations_are_made_by_their_family() {
        noClasses()
                .that()
                .doNotImplement(Family.class)
                .should()
                .callConstructorWhere(describe(
                        "of an operation", call -> call.getTargetOwner().isAssignableTo(Operation.class)))
                .check(CODE);
    }

    @Test
    void what_is_opened_is_decided_where_it_is_written_down() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Decisions.class, Access.class)
                .should()
                .callMethod(Access.class, "denial", Caller.class, Permission.class)
                .check(CODE);
    }

    /// A generic method has a compiler-made bridge that calls the real one.
    private static final DescribedPredicate<JavaCall<?>> NOT_ITS_OWN =
            describe("not its own", call -> !call.getOriginOwner().equals(call.getTargetOwner()));

    @Test
    void domain_needs_nothing_but_the_jdk() {
        noClasses()
                .that()
                .resideInAPackage("entrepot.domain..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("entrepot.domain..", "java..", "org.jspecify.annotations")
                .check(CODE);
    }

    @Test
    void policies_are_decided_by_pure_functions() {
        noClasses()
                .that()
                .resideInAPackage("entrepot.auth.policy..")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                        "entrepot.auth.policy..",
                        "entrepot.domain..",
                        "java..",
                        "tools.jackson..",
                        "org.jspecify.annotations"))
                .check(CODE);
    }

    @Test
    void lifecycle_policies_are_evaluated_by_pure_functions() {
        noClasses()
                .that()
                .resideInAPackage("entrepot.lifecycle..")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                        "entrepot.lifecycle..",
                        "entrepot.domain..",
                        "java..",
                        "tools.jackson..",
                        "org.jspecify.annotations"))
                .check(CODE);
    }

    @Test
    void only_one_package_knows_the_http_library() {
        noClasses()
                .that()
                .resideOutsideOfPackage("entrepot.http.vertx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(CODE);
    }

    @ParameterizedTest(name = "{0} alone knows {1}")
    @CsvSource(textBlock = """
        metrics, io.micrometer..
        metrics, io.prometheus..
        traces,  io.opentelemetry..
        """)
    void only_one_package_knows_what_is_watched_with(String known, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage("entrepot." + known)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CODE);
    }

    @Test
    void only_the_command_line_prints() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CODE.that(resideOutsideOfPackages("entrepot.cli..")));
    }

    @Test
    void packages_are_free_of_cycles() {
        slices().matching("entrepot.(**)").should().beFreeOfCycles().check(CODE);
    }

    /// Those that put everything together may import everything below them.
    @Test
    void every_package_has_a_row() {
        var all = Stream.concat(ROWS.keySet().stream(), Stream.of("", "cli", "server"))
                .map(row -> row.isEmpty() ? "entrepot" : "entrepot." + row);

        assertThat(CODE.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(all.toList());
    }

    @Test
    void every_arrow_is_used() {
        ROWS.forEach((from, allowed) -> {
            var used = used("entrepot." + from);
            assertThat(allowed).as(from).allMatch(used::contains);
        });
    }

    private static Set<String> used(String from) {
        return CODE.stream()
                .filter(type -> type.getPackageName().equals(from))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> name.startsWith("entrepot."))
                .map(name -> name.substring("entrepot.".length()))
                .collect(toSet());
    }

    /// The table of docs/architecture.md says of its packages what the rows say of them and of those below them.
    @Test
    void the_documents_have_every_arrow() throws IOException {
        var table = documented();

        table.forEach((packages, allowed) -> assertThat(allowed)
                .as(packages.toString())
                .isEqualTo(ROWS.entrySet().stream()
                        .filter(row -> packages.contains(named(row.getKey(), table)))
                        .flatMap(row -> row.getValue().stream())
                        .map(name -> named(name, table))
                        .filter(name -> !packages.contains(name))
                        .collect(toSet())));
        assertThat(ROWS.keySet()).allMatch(row -> !named(row, table).isEmpty());
    }

    /// The nearest package that the table has; empty if it has none.
    private static String named(String name, Map<Set<String>, Set<String>> table) {
        if (name.isEmpty() || table.keySet().stream().anyMatch(packages -> packages.contains(name))) {
            return name;
        }
        return named(name.substring(0, Math.max(0, name.lastIndexOf('.'))), table);
    }

    /// By the packages of a line, what they may import; without those that may import everything.
    private static Map<Set<String>, Set<String>> documented() throws IOException {
        return Pattern.compile("(?m)^\\| (`.*`) \\| .* \\| ([a-z., ]+) \\|$")
                .matcher(Files.readString(Path.of("../docs/architecture.md")))
                .results()
                .filter(line -> !line.group(2).equals("everything above"))
                .collect(toMap(line -> words(line.group(1).replace("`", "")), line -> words(line.group(2))));
    }

    private static Set<String> words(String list) {
        return list.equals("nothing") ? Set.of() : Set.of(list.split(", "));
    }

    private static Map<String, Set<String>> rows() {
        try {
            return ArchitectureTest.class
                    .getDeclaredMethod("imports_point_one_way", String.class, String.class)
                    .getAnnotation(CsvSource.class)
                    .textBlock()
                    .lines()
                    .map(row -> row.split(">", -1))
                    .collect(toMap(
                            row -> row[0].strip(),
                            row -> row[1].isBlank()
                                    ? Set.of()
                                    : Set.of(row[1].strip().split(" "))));
        } catch (NoSuchMethodException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void there_is_code_to_check() {
        assertThat(CODE).hasSizeGreaterThan(800);
    }
}
