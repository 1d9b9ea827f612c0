package entrepot.auth.sigv4;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A request's query, taken apart and decoded.
record SignedQuery(List<Parameter> parameters) {

    private static final Comparator<Parameter> ENCODED_ORDER =
            Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

    record Parameter(String name, String value) {
        static Parameter parse(String text) {
            var equals = text.indexOf('=');
            return equals < 0
                    ? new Parameter(UriText.decode(text), "")
                    : new Parameter(
                            UriText.decode(text.substring(0, equals)), UriText.decode(text.substring(equals + 1)));
        }

        Parameter encoded() {
            return new Parameter(UriText.encode(name), UriText.encode(value));
        }
    }

    static SignedQuery parse(String raw) {
        return new SignedQuery(
                raw.isEmpty()
                        ? List.of()
                        : Arrays.stream(raw.split("&", -1))
                                .map(Parameter::parse)
                                .toList());
    }

    boolean has(String name) {
        return parameters.stream().anyMatch(p -> p.name().equals(name));
    }

    List<String> all(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    SignedQuery without(String name) {
        return new SignedQuery(parameters.stream()
                .filter(Predicate.not(p -> p.name().equals(name)))
                .toList());
    }

    /// Sorted by encoded name, then by encoded value.
    String canonical() {
        return parameters.stream()
                .map(Parameter::encoded)
                .sorted(ENCODED_ORDER)
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("&"));
    }
}
