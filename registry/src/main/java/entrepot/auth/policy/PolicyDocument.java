package entrepot.auth.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A policy document, understood (IAM User Guide, "Grammar of the IAM JSON policy language").
public final class PolicyDocument {

    /// How long a text in a document can be: more than any value of AWS's own takes.
    public static final int LONGEST_VALUE = 2048;

    private final PolicyKind kind;
    private final @Nullable String id;
    private final List<Statement> statements;

    /// Found once for each action. Actions are those that operations need, hence few.
    private final Map<String, List<Statement>> concerned = new ConcurrentHashMap<>();

    PolicyDocument(PolicyKind kind, @Nullable String id, List<Statement> statements) {
        this.kind = kind;
        this.id = id;
        this.statements = List.copyOf(statements);
    }

    /// Reads a document strictly; the size of the text is the caller's to bound.
    ///
    /// @throws MalformedPolicyException if the text is none of this kind
    public static PolicyDocument parse(String text, PolicyKind kind) {
        return new DocumentParser(kind).parse(PolicyJson.read(text));
    }

    /// Reads a document that is to be stored, as [#parse]: an ARN of a partition that AWS does not have is
    /// refused too, as IAM does. What is stored is not asked for that, since a table of partitions may change.
    ///
    /// @throws MalformedPolicyException if the text is none of this kind
    public static PolicyDocument parseNew(String text, PolicyKind kind) {
        var document = parse(text, kind);
        PolicyPartitions.require(PolicyJson.read(text));
        return document;
    }

    /// The text as ECR returns it: the same members in the same order, laid out by Jackson's default pretty printer.
    ///
    /// @throws MalformedPolicyException if the text is not JSON
    public static String pretty(String text) {
        return PolicyJson.pretty(text);
    }

    /// The same text with other names for the accounts, users and roles in it, laid out as by [#pretty].
    ///
    /// @throws MalformedPolicyException if the text is no document
    public static String renamed(String text, UnaryOperator<String> naming) {
        return new Renaming(naming).renamed(text);
    }

    public PolicyKind kind() {
        return kind;
    }

    /// The document's `Id`, which only resource-based policies have.
    public @Nullable String id() {
        return id;
    }

    /// The accounts, users and roles that are named, each once, in their order.
    public List<AwsPrincipal> principals() {
        return statements.stream()
                .flatMap(statement -> statement.principals().names().aws().stream())
                .distinct()
                .toList();
    }

    /// Whether it allows anything to everyone, on whatever condition.
    public boolean allowsEveryone() {
        return statements.stream()
                .anyMatch(statement -> statement.effect() == Effect.ALLOW
                        && statement.principals().names().everyone());
    }

    /// The users that are named by their ids, each once.
    public Stream<String> userIds() {
        return statements.stream()
                .flatMap(statement -> statement.principals().names().userIds().stream())
                .distinct();
    }

    /// The condition keys it asks for that are called as AWS's global ones are and are none, each once.
    public Stream<String> unknownKeys() {
        return statements.stream()
                .flatMap(Statement::conditionKeys)
                .filter(GlobalKeys::isUnknown)
                .distinct();
    }

    /// The condition keys that statements about the request's action ask for, and that the request does not have.
    public Stream<String> missingKeys(PolicyRequest request) {
        return concerning(request).stream()
                .flatMap(Statement::conditionKeys)
                .filter(key -> request.keys().of(key).isEmpty())
                .distinct();
    }

    boolean denies(PolicyRequest request) {
        for (var statement : concerning(request)) {
            if (statement.effect() == Effect.DENY && statement.applies(request) != Match.NONE) {
                return true;
            }
        }
        return false;
    }

    /// The strongest way in which the document allows it.
    Match grants(PolicyRequest request) {
        var strongest = Match.NONE;
        for (var statement : concerning(request)) {
            if (statement.effect() == Effect.ALLOW) {
                strongest = strongest.or(statement.applies(request));
            }
        }
        return strongest;
    }

    /// Every request asks every document of its caller, hence a plain list and no stream.
    private List<Statement> concerning(PolicyRequest request) {
        return concerned.computeIfAbsent(request.action(), this::concerning);
    }

    private List<Statement> concerning(String action) {
        return statements.stream()
                .filter(statement -> statement.concerns(action))
                .toList();
    }

    /// Guards against a document that is taken for one of another kind, which would name everyone.
    void require(PolicyKind required) {
        if (kind != required) {
            throw new IllegalArgumentException("a document of kind " + kind + " where one of " + required + " belongs");
        }
    }
}
