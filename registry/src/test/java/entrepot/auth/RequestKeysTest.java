package entrepot.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.policy.ConditionKeys;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Origin;
import entrepot.domain.Partition;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.domain.UserName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What policies are told of a call, key by key.
class RequestKeysTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    private static final Arn APP = new Arn("arn:aws:ecr:eu-west-1:123456789012:repository/app");
    private static final User ANN = new User(
            "AIDAAAAAAAAAAAAAAAAAA", new AccountId("123456789012"), "/team/", new UserName("ann"), Instant.EPOCH);
    private static final Principal USER = Principal.ofUser(ANN, List.of(new ResourceTag("team", "blue")), "AKIA1");
    private static final Principal ROOT = Principal.ofRoot(new AccountId("123456789012"), "AKIA2");
    private static final Permission LISTING = new Permission(new AccountId("123456789012"), "ecr:ListImages", APP);
    private static final List<ResourceTag> PROD = List.of(new ResourceTag("env", "prod"));

    record Row(String key, List<String> values) {}

    private static final List<Row> ROWS = rows();

    static List<Row> rows() {
        try (var file = RequestKeysTest.class.getResourceAsStream("/policy/global-keys.txt")) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split(" \\| ")))
                    .map(cells -> new Row(cells.getFirst(), cells.subList(1, 5)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_global_key_is_there_where_aws_has_it(Row row) {
        assertThat(calls().map(keys -> value(keys, row.key())).toList()).isEqualTo(row.values());
    }

    @Test
    void no_other_key_of_awss_is_told() {
        var known = ROWS.stream().map(row -> fold(row.key())).toList();

        assertThat(calls().flatMap(keys -> keys.values().keySet().stream()))
                .filteredOn(key -> key.startsWith("aws:"))
                .isSubsetOf(known);
    }

    private static Stream<ConditionKeys> calls() {
        var creating = new Permission(new AccountId("123456789012"), "ecr:CreateRepository", APP)
                .creatingWith(List.of(new ResourceTag("env", "test")));
        return Stream.of(
                keys(USER, "", LISTING, PROD),
                keys(ROOT, "", LISTING, PROD),
                keys(Principal.anonymous(), "https://registry.example/", LISTING, PROD),
                keys(USER, "", creating, List.of()));
    }

    private static ConditionKeys keys(
            Principal principal, String referer, Permission permission, List<ResourceTag> tags) {
        var origin = new Origin("192.0.2.7", true, "docker/29", "1", referer);
        return RequestKeys.of(caller(principal, origin), permission, tags, NOW);
    }

    private static Caller caller(Principal principal, Origin origin) {
        return new Caller(principal, REGISTRY, new RegistryAddress("https", "localhost"), origin);
    }

    private static String value(ConditionKeys keys, String key) {
        return String.join(";", keys.values().getOrDefault(fold(key), List.of("-")));
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    @Test
    void iam_is_in_the_global_region_whatever_its_callers_sign_for() {
        var permission = new Permission(new AccountId("123456789012"), "iam:GetUser", ANN.arn(Partition.AWS));

        assertThat(value(keys(USER, "", permission, List.of()), "aws:RequestedRegion"))
                .isEqualTo("us-east-1");
    }

    /// What a policy costs is bounded by its own length and by that of what it looks at.
    @Test
    void of_what_a_client_writes_as_much_counts_as_a_policy_could_name() {
        var origin = new Origin("192.0.2.7", true, "u".repeat(30_000), "1", "r".repeat(30_000));

        var keys = RequestKeys.of(caller(USER, origin), LISTING, List.of(), NOW);

        assertThat(value(keys, "aws:UserAgent")).isEqualTo("u".repeat(2048));
        assertThat(value(keys, "aws:referer")).isEqualTo("r".repeat(2048));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_global_key_is_known(Row row) {
        assertThat(UnknownKeys.of(asking(row.key()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:ViaAwsServices", "AWS:SourceIP4", "aws:PrincipalTag", "aws:x\n2026 [root]"})
    void another_key_of_that_name_is_told_of(String key) {
        assertThat(UnknownKeys.of(asking(key))).containsExactly(key.replaceAll("[\n ]", "?"));
    }

    @Test
    void a_key_of_a_service_is_not_told_of() {
        assertThat(UnknownKeys.of(asking("s3:prefix"))).isEmpty();
    }

    @Test
    void variables_ask_as_well_and_a_key_is_told_of_once() {
        var document = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:ecr:*:*:repository/${aws:a}/${aws:username}",
                   "Condition": {"StringLike": {"aws:UserAgent": "${aws:b, 'x'}"}, "ArnLike": {"aws:c": "${aws:d}"}}},
                  {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Null": {"aws:a": "true"}}}]}
                """, PolicyKind.IDENTITY);

        assertThat(UnknownKeys.of(document)).containsExactlyInAnyOrder("aws:a", "aws:b", "aws:c", "aws:d");
    }

    @Test
    void few_keys_are_told_of_and_none_at_length() {
        var many = Stream.iterate(1, i -> i + 1).limit(50).map(i -> "aws:" + "k".repeat(500) + i);

        assertThat(UnknownKeys.of(asking(many.toArray(String[]::new))))
                .hasSize(10)
                .allMatch(key -> key.length() == 128);
    }

    private static PolicyDocument asking(String... keys) {
        var conditions = Arrays.stream(keys)
                .map(key -> "\"%s\":\"true\"".formatted(key.replace("\n", "\\n")))
                .toList();
        return PolicyDocument.parse(
                "{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"Null\":{"
                        + String.join(",", conditions) + "}}}}",
                PolicyKind.IDENTITY);
    }
}
