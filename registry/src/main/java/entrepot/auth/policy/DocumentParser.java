package entrepot.auth.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a document's frame.
final class DocumentParser {

    private static final int MOST_STATEMENTS = 500;
    private static final String WITH_VARIABLES = "2012-10-17";
    private static final Set<String> VERSIONS = Set.of("2008-10-17", WITH_VARIABLES);
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");

    private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");

    private final PolicyKind kind;
    private final Set<String> ids = new HashSet<>();

    DocumentParser(PolicyKind kind) {
        this.kind = kind;
    }

    PolicyDocument parse(Map<?, ?> document) {
        if (!MEMBERS.containsAll(document.keySet())) {
            throw MalformedPolicyException.syntax();
        }
        var parser = new StatementParser(kind, version(document).equals(WITH_VARIABLES));
        var statements = statements(document.get("Statement")).stream()
                .map(Json::object)
                .map(this::checked)
                .map(parser::parse)
                .toList();
        return new PolicyDocument(kind, id(document), statements);
    }

    private static String version(Map<?, ?> document) {
        var version = document.containsKey("Version") ? document.get("Version") : "2008-10-17";
        if (version instanceof String text && VERSIONS.contains(text)) {
            return text;
        }
        throw new MalformedPolicyException("Policy document must be version 2012-10-17 or 2008-10-17.");
    }

    private static @Nullable String id(Map<?, ?> document) {
        return document.containsKey("Id") ? Json.text(document.get("Id")) : null;
    }

    private static List<?> statements(@Nullable Object value) {
        var list = Json.list(value);
        if (list.isEmpty()) {
            throw MalformedPolicyException.syntax();
        }
        if (list.size() > MOST_STATEMENTS) {
            throw new MalformedPolicyException("The policy has more than %d statements.".formatted(MOST_STATEMENTS));
        }
        return list;
    }

    private Map<?, ?> checked(Map<?, ?> statement) {
        if (statement.containsKey("Sid")) {
            checkId(Json.text(statement.get("Sid")));
        }
        return statement;
    }

    /// Of identities alone: the policies of repositories and registries may have any, and one twice.
    private void checkId(String id) {
        if (kind != PolicyKind.IDENTITY) {
            return;
        }
        if (!SID.matcher(id).matches()) {
            throw new MalformedPolicyException("Statement IDs (SID) must be alpha-numeric."
                    + " Check that your input satisfies the regular expression " + SID);
        }
        if (!id.isEmpty() && !ids.add(id)) {
            throw new MalformedPolicyException("Statement IDs (SID) in a single policy must be unique.");
        }
    }
}
