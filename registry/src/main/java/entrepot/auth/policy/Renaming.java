package entrepot.auth.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Gives what a document's statements name under `AWS` in `Principal` and `NotPrincipal` other names; all else stays.
record Renaming(UnaryOperator<String> naming) {

    private static final List<String> MEMBERS = List.of("Principal", "NotPrincipal");

    String renamed(String text) {
        var document = new LinkedHashMap<Object, Object>(PolicyJson.read(text));
        document.computeIfPresent("Statement", (_, statements) -> each(statements, this::statement));
        return PolicyJson.pretty(document);
    }

    private Object statement(Object statement) {
        var members = new LinkedHashMap<Object, Object>(Json.object(statement));
        MEMBERS.forEach(name -> members.computeIfPresent(name, (_, value) -> principals(value)));
        return members;
    }

    private Object principals(Object value) {
        if (!(value instanceof Map<?, ?> types)) {
            return value;
        }
        var renamed = new LinkedHashMap<Object, Object>(types);
        renamed.computeIfPresent("AWS", (_, names) -> each(names, name -> naming.apply(Json.text(name))));
        return renamed;
    }

    private static Object each(Object value, UnaryOperator<Object> change) {
        return value instanceof List<?> list
                ? list.stream().map(entry -> change.apply(entry)).toList()
                : change.apply(value);
    }
}
