package entrepot.auth.policy;

import entrepot.auth.policy.Principals.NamedPrincipals;
import entrepot.domain.AccountId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `Principal` and `NotPrincipal`.
final class PrincipalParser {

    private static final String NAME = "[A-Za-z0-9+=,.@_-]+";
    private static final Pattern ARN = Pattern.compile("arn:aws(?:-[a-z]+)*:(?:"
            + "iam::(?<iam>[0-9]{12}):(?:root|(?:user|role)/[!-~&&[^*?:]]{1,576})|"
            + "sts::(?<sts>[0-9]{12}):(?:assumed-role/" + NAME + "/" + NAME + "|federated-user/" + NAME + "))");
    private static final Pattern USER_ID = Pattern.compile("AIDA[A-Z0-9]{17}");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)+");

    private final Set<AwsPrincipal> aws = new LinkedHashSet<>();
    private final Set<String> userIds = new LinkedHashSet<>();
    private final Set<String> services = new LinkedHashSet<>();
    private boolean everyone;

    private PrincipalParser() {}

    static NamedPrincipals parse(@Nullable Object value) {
        var parser = new PrincipalParser();
        parser.read(value);
        return new NamedPrincipals(
                parser.everyone, List.copyOf(parser.aws), List.copyOf(parser.userIds), List.copyOf(parser.services));
    }

    private void read(@Nullable Object value) {
        if ("*".equals(value)) {
            everyone = true;
        } else if (value instanceof Map<?, ?> types && !types.isEmpty()) {
            types.forEach(
                    (type, names) -> Json.texts(names, "principals").forEach(name -> read(String.valueOf(type), name)));
        } else {
            throw invalid(value);
        }
    }

    private void read(String type, String name) {
        switch (type) {
            case "AWS" -> readAws(name);
            case "Service" -> readService(name);
            case "Federated" -> readFederated(name);
            default -> throw invalid(type);
        }
    }

    private void readAws(String name) {
        var arn = ARN.matcher(name);
        if (name.equals("*")) {
            everyone = true;
        } else if (AccountId.isId(name)) {
            aws.add(new AwsPrincipal(new AccountId(name), "arn:aws:iam::" + name + ":root"));
        } else if (arn.matches()) {
            var account = arn.group("iam");
            aws.add(new AwsPrincipal(new AccountId(account == null ? arn.group("sts") : account), name));
        } else if (USER_ID.matcher(name).matches()) {
            userIds.add(name);
        } else {
            throw invalid(name);
        }
    }

    private void readService(String name) {
        if (!SERVICE.matcher(name).matches()) {
            throw invalid(name);
        }
        services.add(name);
    }

    /// Nobody comes by an identity provider yet, so that such a name is understood and stands for no one.
    private static void readFederated(String name) {
        if (name.isBlank()) {
            throw invalid(name);
        }
    }

    private static MalformedPolicyException invalid(@Nullable Object value) {
        return new MalformedPolicyException("Invalid principal in policy: " + value);
    }
}
