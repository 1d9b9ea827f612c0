package entrepot.auth.policy;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// One situation of `policy/evaluation.yaml`, whose head says what its members are.
record Example(
        String example,
        String who,
        @Nullable String does,
        @Nullable String on,
        @Nullable String version,
        @Nullable List<Object> identity,
        @Nullable List<Object> repository,
        @Nullable List<Object> registry,
        @Nullable String scope,
        @Nullable Map<String, Object> keys,
        String then) {

    static final AccountId OWNER = new AccountId("111111111111");

    static List<Example> all() {
        try (var file = Example.class.getResourceAsStream("/policy/evaluation.yaml")) {
            return new YAMLMapper().readValue(file, new TypeReference<List<Example>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Decision decide() {
        return policies()
                .decide(new PolicyRequest(actor(who), action(), resource(), OWNER, new ConditionKeys(values())));
    }

    String action() {
        return does == null ? "ecr:PutImage" : does;
    }

    private Arn resource() {
        return "*".equals(on)
                ? Arn.ANY
                : new Arn("arn:aws:ecr:eu-west-1:%s:repository/%s".formatted(OWNER, on == null ? "app" : on));
    }

    private Map<String, List<String>> values() {
        return keys == null
                ? Map.of()
                : keys.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> list(each.getValue())));
    }

    private static List<String> list(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }

    private PolicySet policies() {
        return new PolicySet(
                identity == null ? List.of() : List.of(document(identity, PolicyKind.IDENTITY)),
                repository == null ? null : document(repository, PolicyKind.REPOSITORY),
                registry == null
                        ? null
                        : new RegistryPolicy(
                                document(registry, PolicyKind.REGISTRY),
                                RegistryPolicy.Scope.valueOf(scope == null ? "V2" : scope)));
    }

    private PolicyDocument document(List<Object> statements, PolicyKind kind) {
        var json = Map.of("Version", version == null ? "2012-10-17" : version, "Statement", statements);
        var text = new JsonMapper().writeValueAsString(json);
        return PolicyDocument.parse(PolicyDocument.renamed(text, Example::stored), kind);
    }

    /// Users are stored by their ids.
    private static String stored(String principal) {
        return principal.contains(":user/") ? userId(principal) : principal;
    }

    private static String userId(String arn) {
        return "AIDA%017d".formatted(arn.hashCode() & 0xffffffffL);
    }

    /// Such as `root`, `user ann`, `user ann of 222222222222`, `role build/nightly`, `service ecr.amazonaws.com`,
    /// `anonymous`.
    static Actor actor(String who) {
        var words = who.split(" ", -1);
        var account = who.contains(" of ") ? new AccountId(words[words.length - 1]) : OWNER;
        return switch (words[0]) {
            case "root" -> new Actor.Root(account);
            case "user" -> user(account, "arn:aws:iam::%s:user/%s".formatted(account, words[1]));
            case "role" ->
                new Actor.RoleSession(
                        account,
                        "arn:aws:iam::%s:role/%s".formatted(account, words[1].split("/", 2)[0]),
                        "arn:aws:sts::%s:assumed-role/%s".formatted(account, words[1]));
            case "service" -> new Actor.Service(words[1]);
            case "anonymous" -> new Actor.Anonymous();
            default -> throw new IllegalArgumentException(who);
        };
    }

    private static Actor user(AccountId account, String arn) {
        return new Actor.User(account, arn, userId(arn));
    }

    @Override
    public String toString() {
        return example;
    }
}
