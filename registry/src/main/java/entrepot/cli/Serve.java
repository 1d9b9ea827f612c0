package entrepot.cli;

import entrepot.config.Config;
import entrepot.config.ConfigException;
import entrepot.config.Seed;
import entrepot.folder.DataFolder;
import entrepot.server.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/// Runs the registry until the process is told to end.
record Serve(ServeArguments asked, PrintWriter out, PrintWriter err) {

    /// Read by [LogConfigurator] when the first logger is asked for, so it is set before that.
    static final String LOG_FORMAT = "entrepot.log.format";

    /// Returns never, but fails.
    void run() throws IOException, InterruptedException {
        var flags = asked.flags();
        var ephemeral = asked.ephemeral();
        ephemeral.refuseContradictions(flags);
        if (!ephemeral.isAsked()) {
            serve(Config.load(flags, System.getenv(), asked.file()), () -> {});
        } else {
            serveFor(TemporaryFolder.make(), flags);
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    private void serveFor(TemporaryFolder temporary, Map<String, String> flags)
            throws IOException, InterruptedException {
        try {
            var environment = asked.ephemeral().environment(System.getenv());
            var config = Config.load(asked.ephemeral().flags(flags, temporary.path()), environment, asked.file());
            Ephemeral.refuseWhatLasts(config);
            serve(config, temporary::leave);
        } catch (IOException | InterruptedException | RuntimeException e) {
            temporary.leave();
            throw e;
        }
    }

    private void serve(Config given, Runnable closed) throws IOException, InterruptedException {
        var file = asked.seedFile();
        var seed = file == null ? Seed.NONE : Seed.read(file, System.getenv());
        var config = given.declaring(seed.accounts(given.registries().account()));
        System.setProperty(LOG_FORMAT, config.reports().log().name().toLowerCase(Locale.ROOT));
        var folder = DataFolder.own(config.storage().data(), Instant.now());
        try {
            Seeding.apply(seed, config, folder);
            start(config, folder, closed);
        } catch (ConfigException e) {
            folder.close();
            throw seed.located(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void start(Config config, DataFolder folder, Runnable closed) throws IOException {
        var server = Server.start(config, folder, this::failed);
        try {
            var addresses = new Addresses(config, server.port());
            folder.announce(addresses.listening());
            Shutdown.closeAtExit(server, folder, config.listening().drain(), closed);
            Signals.hear(server::hasten);
            print(addresses, folder, server.metricsPort());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// What was waited for came, and is not what it should be.
    private void failed(Exception e) {
        Failures.tell(err, e);
        System.exit(1);
    }

    private void print(Addresses addresses, DataFolder folder, OptionalInt metricsPort) {
        out.println(addresses.welcome(folder.credentials().path()));
        metricsPort.ifPresent(number -> out.println("metrics on " + addresses.metrics(number)));
        out.println("listening on " + addresses.listening());
        out.flush();
    }
}
