package entrepot.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests of JUnit a registry: all of a class the same one where it is a static field, each its own where it is
/// not. A test gets it as a parameter, or from [#server].
/// ```
/// @RegisterExtension
/// static final EntrepotExtension ENTREPOT = new EntrepotExtension().seed(Path.of("seed.yaml"));
/// ```
public final class EntrepotExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private @Nullable Path seed;
    private @Nullable List<String> command;
    private @Nullable EntrepotServer server;
    private boolean isOfTheClass;

    /// What the registry is to have, as `entrepot serve --seed` reads it.
    public EntrepotExtension seed(Path file) {
        this.seed = file;
        return this;
    }

    /// The program, where [EntrepotServer#start(Path)] would not find it, and what goes before its own arguments.
    public EntrepotExtension command(List<String> words) {
        this.command = List.copyOf(words);
        return this;
    }

    /// That of the test that runs.
    public EntrepotServer server() {
        if (server == null) {
            throw new IllegalStateException("no test runs that has a registry");
        }
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        isOfTheClass = true;
        server = start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!isOfTheClass) {
            server = start();
        }
    }

    private EntrepotServer start() throws IOException {
        return command == null ? EntrepotServer.start(seed) : EntrepotServer.start(command, seed);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!isOfTheClass) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EntrepotServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server();
    }
}
