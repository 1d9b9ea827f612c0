package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import entrepot.operation.Operation;
import entrepot.server.AccessPeople.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Every operation and every act of `/v2` in every situation of `access/situations.yaml`, on its door, against what
/// `access/matrix.txt` says.
class AccessMatrixTest {

    private static final String APP = "team/app";

    /// ActsTest of the console tells of them.
    private static final Set<String> IN_CONSOLE_ALONE = Set.of(
            "ExplainAccess", "ListDeletedImages", "UndeleteImage", "ListDeletedRepositories", "RestoreRepository");

    private static final Map<String, Situation> SITUATIONS = Act.read("situations.yaml", new TypeReference<>() {});
    private static final Map<String, Map<String, String>> OUTCOMES =
            Act.read("outcomes.yaml", new TypeReference<>() {});
    private static final List<Act> ACTS = Act.all();
    private static final Map<String, Map<String, String>> MATRIX = matrix();

    private static RunningServer server;
    private static Wire wire;
    private static Map<String, Person> people;
    private static String layer;
    private static MatrixKey key;
    private static MatrixSecret secret;

    private record Situation(
            String who,
            @Nullable String credentials,
            @Nullable Map<String, Object> repository,
            @Nullable Map<String, Object> registry) {}

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        people = AccessPeople.create(data);
        try (var early = RunningServer.start(data, Map.of("token-lifetime", "1s"))) {
            people.values().forEach(person -> person.logIn(wire(early), true));
        }
        Thread.sleep(Duration.ofSeconds(2)); // until those tokens have expired
        server = RunningServer.start(data, Map.of());
        wire = wire(server);
        people.values().forEach(person -> person.logIn(wire, false));
        server.ecr().createRepository(r -> r.repositoryName(APP));
        server.push(APP, Manifests.CONFIG);
        layer = server.push(APP, Manifests.LAYER);
        key = MatrixKey.create(server, null);
        secret = MatrixSecret.create(server);
        var manifest = Manifests.image(Manifests.OCI, Manifests.config(), Manifests.layer(), "");
        server.ecr().putImage(r -> r.repositoryName(APP).imageManifest(manifest).imageTag("v1"));
    }

    /// By the name of the registry, which is what another account calls it by.
    private static Wire wire(RunningServer server) {
        var port = server.url("/").getPort();
        return new Wire(port, "000000000000.dkr.ecr.us-east-1.localhost:" + port);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    static Stream<String> situations() {
        return SITUATIONS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("situations")
    void what_is_decided_is_what_the_matrix_says(String name) throws IOException {
        var situation = find(SITUATIONS, name);
        put(situation);
        var wrong = new ArrayList<String>();
        for (var act : ACTS) {
            var expected = find(find(MATRIX, act.act()), name);
            var answer = answer(act, situation);
            if (!isAsExpected(act, situation, expected, answer)) {
                wrong.add("%s: %s, not %s".formatted(act.act(), answer.whole(), expected));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_situation_and_every_act_is_in_the_matrix_once() {
        assertThat(ACTS).extracting(Act::act).doesNotHaveDuplicates().containsExactlyElementsOf(MATRIX.keySet());
        assertThat(MATRIX.values()).allSatisfy(row -> assertThat(row).containsOnlyKeys(SITUATIONS.keySet()));
    }

    /// A new one has to be written into the matrix.
    @Test
    void every_operation_has_an_act() {
        var asked = new HashSet<String>();
        ACTS.forEach(act -> asked.addAll(List.of(act.name(), act.runs() == null ? act.name() : act.runs())));
        var operations = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("entrepot").stream()
                        .filter(type -> type.isAssignableTo(Operation.class))
                        .filter(type ->
                                !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !IN_CONSOLE_ALONE.contains(name))
                        .toList();
        assertThat(operations)
                .hasSizeGreaterThan(50)
                .allSatisfy(operation -> assertThat(asked).contains(operation));
    }

    /// A new one has to be written into the matrix.
    @Test
    void every_request_of_v2_has_an_act() throws ClassNotFoundException {
        var kinds = records(Class.forName("entrepot.oci.OciRequest")).map(Class::getSimpleName);
        var asked = ACTS.stream().filter(act -> act.door().equals("v2")).map(Act::name);
        assertThat(asked.distinct()).containsExactlyInAnyOrderElementsOf(kinds.toList());
    }

    private static Stream<Class<?>> records(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(AccessMatrixTest::records)
                : Stream.of(kind);
    }

    private static boolean isAsExpected(Act act, Situation situation, String expected, WireAnswer answer) {
        if (expected.equals("yes")) {
            return act.isAnsweredBy(answer);
        }
        var person = find(people, situation.who());
        var door = switch (act.door()) {
            case "sts" -> "iam";
            case "kms", "secretsmanager" -> "ecr";
            default -> act.door();
        };
        var text = fill(find(find(OUTCOMES, expected), door), person)
                .replace("{action}", act.needs())
                .replace("{resource}", fill(act.called() == null ? act.on() : act.called(), person));
        var challenged = !answer.status().equals("401") || answer.headers().contains("\r\nwww-authenticate: basic ");
        return challenged && isSaid(text, act, answer);
    }

    private static boolean isSaid(String text, Act act, WireAnswer answer) {
        if ("HEAD".equals(act.method())) {
            return answer.whole().equals(text.substring(0, 3));
        }
        return text.endsWith("*")
                ? answer.whole().startsWith(text.substring(0, text.length() - 1))
                : answer.whole().equals(text);
    }

    private static WireAnswer answer(Act act, Situation situation) throws IOException {
        var person = find(people, situation.who());
        var credentials = situation.credentials() == null ? "good" : situation.credentials();
        var body = act.body() == null ? "" : fill(act.body(), person);
        if (act.door().equals("v2")) {
            return wire.send(
                    Objects.requireNonNull(act.method()),
                    fill(Objects.requireNonNull(act.path()), person),
                    login(person, credentials),
                    body);
        }
        var sent = act.isInJson() ? body : form(act, body);
        var headers = switch (act.door()) {
            case "ecr" -> Wire.json(act.name());
            case "kms" -> Map.of("X-Amz-Target", "TrentService." + act.name());
            case "secretsmanager" -> Map.of("X-Amz-Target", "secretsmanager." + act.name());
            default -> Map.of("Content-Type", "application/x-www-form-urlencoded");
        };
        return wire.post(signed(act, person, credentials, headers, sent), sent);
    }

    private static List<String> signed(
            Act act, Person person, String credentials, Map<String, String> headers, String body) {
        var now = Clock.systemUTC();
        return switch (credentials) {
            case "none" ->
                headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .toList();
            case "bad" ->
                wire.sign(
                        AwsCredentialsIdentity.create(person.key().accessKeyId(), "wrong"),
                        act.door(),
                        headers,
                        body,
                        now);
            case "old" ->
                wire.sign(person.key(), act.door(), headers, body, Clock.offset(now, Duration.ofMinutes(-16)));
            default -> wire.sign(person.key(), act.door(), headers, body, now);
        };
    }

    private static List<String> login(Person person, String credentials) {
        return switch (credentials) {
            case "none" -> List.of();
            case "bad" ->
                List.of("Authorization: Basic " + Base64.getEncoder().encodeToString("AWS:wrong".getBytes(UTF_8)));
            case "old" -> List.of("Authorization: Basic " + person.oldToken());
            default -> List.of("Authorization: Basic " + person.token());
        };
    }

    private static String form(Act act, String parameters) {
        var version = act.door().equals("iam") ? "2010-05-08" : "2011-06-15";
        return "Action=%s&Version=%s%s".formatted(act.name(), version, parameters.isEmpty() ? "" : "&" + parameters);
    }

    private static String fill(String text, Person person) {
        return text.replace("{user}", person.arn())
                .replace("{account}", person.account())
                .replace("{layer}", layer)
                .replace("{key}", key.id())
                .replace("{secret}", secret.arn())
                .replace("{ciphertext}", key.ciphertext());
    }

    private static <T> T find(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static void put(Situation situation) throws IOException {
        key = MatrixKey.create(server, situation.repository());
        secret.put(server, situation.repository());
        var ecr = server.ecr();
        var repository = situation.repository() == null ? AccessPeople.NOTHING : situation.repository();
        ecr.setRepositoryPolicy(r -> r.repositoryName(APP).policyText(document(repository)));
        var registry = situation.registry() == null ? AccessPeople.NOTHING_ANYWHERE : situation.registry();
        ecr.putRegistryPolicy(r -> r.policyText(document(registry)));
    }

    private static String document(Map<String, Object> statement) {
        return JsonMapper.shared().writeValueAsString(Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
    }

    private static Map<String, Map<String, String>> matrix() {
        try (var file = AccessMatrixTest.class.getResourceAsStream("/access/matrix.txt")) {
            var lines = new String(file.readAllBytes(), UTF_8).lines().filter(line -> !line.startsWith("#"));
            var rows = lines.map(line -> line.strip().split("\\s+")).toList();
            var columns = rows.getFirst();
            return rows.stream()
                    .skip(1)
                    .collect(toMap(
                            row -> row[0] + " " + row[1], row -> row(columns, row), (a, b) -> b, LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names of acts are two words, where the heading has one.
    private static Map<String, String> row(String[] columns, String[] row) {
        var cells = new LinkedHashMap<String, String>();
        for (var i = 1; i < columns.length; i++) {
            cells.put(columns[i], row[i + 1]);
        }
        return cells;
    }
}
