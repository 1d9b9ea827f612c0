package entrepot.domain;

import java.util.List;
import java.util.stream.Stream;

/// The errors that there are, by their kinds.
public final class RegistryErrors {

    private RegistryErrors() {}

    public static List<Class<?>> all() {
        return of(RegistryError.class).toList();
    }

    /// Those of a kind, which is sealed.
    public static Stream<Class<?>> of(Class<?> kind) {
        return kind.isInterface()
                ? Stream.of(kind.getPermittedSubclasses()).flatMap(RegistryErrors::of)
                : Stream.of(kind);
    }
}
