package entrepot.store;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;

/// Whether a store around another one passes everything on: what it does not declare itself is the interface's own
/// answer.
public final class PassedOn {

    private PassedOn() {}

    public static void assertDeclaresAll(Class<?> around, Class<?> store) {
        Stream.of(store.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .forEach(method -> assertThatCode(
                                () -> around.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .as("%s of %s", method.getName(), around.getSimpleName())
                        .doesNotThrowAnyException());
    }
}
