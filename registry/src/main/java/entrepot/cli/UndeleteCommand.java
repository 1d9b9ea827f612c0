package entrepot.cli;

import entrepot.admin.AdminClient;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.server.Audits;
import entrepot.server.Stores;
import entrepot.server.UndeleteCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Brings back what was deleted, through the server that runs on the data folder, or by itself where none does.
@Command(
        name = "undelete",
        description = {
            "Brings back what was deleted, as long as history.keep says: an image with its children, what refers to it,",
            "and those of their tags that are free; what a tag pointed at; or a repository with all that it had."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class UndeleteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REPOSITORY[@DIGEST|:TAG]", description = "A tag needs --at.")
    @SuppressWarnings("NullAway.Init") // required
    private String what;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = {
                "As it was then, such as 2026-05-01T12:00:00Z or 2026-05-01T14:00:00+02:00. Of several repositories of",
                "that name, the one that was there then (default: the one that was deleted last)."
            })
    private @Nullable String at;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Repositories where;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        refuseNonsense();
        var config = where.config();
        var arguments = new ArrayList<>(where.registry(config));
        arguments.add(what);
        arguments.add(time());
        if (!Stores.exist(config.storage())) {
            throw new IOException(config.storage().data() + " is not the data folder of a registry");
        }
        var out = spec.commandLine().getOut();
        lines(config, arguments).forEach(out::println);
        out.flush();
        return 0;
    }

    private void refuseNonsense() {
        if (what.contains("@") && at != null) {
            throw new ParameterException(spec.commandLine(), "--at goes with a tag or a repository");
        }
        if (!what.contains("@") && what.contains(":") && at == null) {
            throw new ParameterException(spec.commandLine(), "a tag needs --at");
        }
    }

    private String time() {
        try {
            return at == null ? "" : OffsetDateTime.parse(at).toInstant().toString();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at: %s is not allowed; it must be a time such as 2026-05-01T12:00:00Z".formatted(at),
                    e);
        }
    }

    private static List<String> lines(Config config, List<String> arguments) throws IOException {
        try (var folder = DataFolder.own(config.storage().data(), Instant.now());
                var stores = Stores.own(config.storage(), folder);
                var audit = Audits.open(config.reports().audit(), InstantSource.system())) {
            return UndeleteCommands.with(config, stores, audit).run(arguments);
        } catch (DataFolder.InUseException e) {
            var socket = DataFolder.adminSocket(config.storage().data());
            if (!Files.exists(socket)) {
                throw e;
            }
            return AdminClient.call(socket, UndeleteCommands.NAME, arguments);
        }
    }
}
