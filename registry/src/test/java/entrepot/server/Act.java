package entrepot.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// One act of `access/acts.yaml`, whose head says what its members are.
record Act(
        String act,
        String needs,
        String on,
        @Nullable String called,
        @Nullable String method,
        @Nullable String path,
        @Nullable String body,
        @Nullable String runs,
        String then) {

    static List<Act> all() {
        return read("acts.yaml", new TypeReference<>() {});
    }

    static <T> T read(String file, TypeReference<T> type) {
        try (var content = Act.class.getResourceAsStream("/access/" + file)) {
            return new YAMLMapper().readValue(content, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `ecr`, `kms`, `secretsmanager`, `iam`, `sts` or `v2`.
    String door() {
        return act.substring(0, act.indexOf(' '));
    }

    boolean isInJson() {
        return List.of("ecr", "kms", "secretsmanager").contains(door());
    }

    /// Of the operation, or of the kind of request.
    String name() {
        return act.substring(act.indexOf(' ') + 1).replaceFirst("-.*", "");
    }

    boolean isAnsweredBy(WireAnswer answer) {
        return Arrays.asList(then.split(" \\| ")).contains(answer.isRefusal() ? answer.head() : answer.status());
    }
}
