package entrepot.cli;

import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.server.Stores;
import entrepot.transfer.Export;
import entrepot.transfer.LayoutFolder;
import entrepot.transfer.RemoteRepository;
import entrepot.upstream.Failure;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Brings images into a folder.
@Command(
        name = "export",
        description = {
            "Writes images of a repository into an OCI layout, with their children and what refers to them; a tag is the",
            "layout's org.opencontainers.image.ref.name. What is in the layout already stays. A server may run meanwhile."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ExportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REPOSITORY[:TAG|@DIGEST]", description = "Without a tag, all tags.")
    @SuppressWarnings("NullAway.Init") // required
    private String what;

    @Option(names = "--to", required = true, paramLabel = "oci:DIR", description = "The layout.")
    @SuppressWarnings("NullAway.Init") // required
    private String to;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Repositories where;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!to.startsWith("oci:") || to.length() == 4) {
            throw new ParameterException(spec.commandLine(), "--to: must be oci:DIR");
        }
        var reference = reference();
        var config = where.config();
        if (!Stores.exist(config.storage())) {
            throw new IOException(config.storage().data() + " is not the data folder of a registry");
        }
        var out = spec.commandLine().getOut();
        try (var own = OwnRegistry.open(config, where.registry(config))) {
            var registry = new UpstreamRegistry(own.url(), own.login(), own.connections(), InstantSource.system());
            var layout = new LayoutFolder(Path.of(to.substring(4)));
            var images = new Export(new RemoteRepository(registry, name(), reference), layout).run();
            out.println("exported %d images to %s".formatted(images, to));
            return 0;
        } catch (UpstreamException e) {
            throw e.failure() instanceof Failure.NotFound ? new IOException("there is no " + what, e) : e;
        } finally {
            out.flush();
        }
    }

    private String name() {
        return what.split("[:@]", 2)[0];
    }

    private @Nullable Reference reference() {
        var rest = what.substring(name().length());
        if (rest.isEmpty()) {
            return null;
        }
        var digest = rest.startsWith("@") ? Digest.find(rest.substring(1)).orElse(null) : null;
        var tag = rest.startsWith(":") && Tag.isTag(rest.substring(1)) ? new Tag(rest.substring(1)) : null;
        if (digest == null && tag == null) {
            throw new ParameterException(spec.commandLine(), what + " is no REPOSITORY[:TAG|@DIGEST]");
        }
        return digest == null ? tag : digest;
    }
}
