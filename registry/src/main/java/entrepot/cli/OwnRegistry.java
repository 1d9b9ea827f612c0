package entrepot.cli;

import entrepot.config.Config;
import entrepot.config.Listening;
import entrepot.domain.Compat;
import entrepot.folder.CredentialsFile;
import entrepot.folder.DataFolder;
import entrepot.server.Server;
import entrepot.transfer.Target;
import entrepot.upstream.Login;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The registry of a data folder as its root's client: the server that runs on it, or one of this process's own, for as
/// long as the command takes.
final class OwnRegistry implements AutoCloseable {

    /// A large layer is verified and made durable before its answer begins.
    private static final Timing PATIENT =
            new Timing(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(10));

    private final URI url;
    private final Login.Ecr login;
    private final Connections connections;
    private final @Nullable Server server;
    private final @Nullable DataFolder folder;

    private OwnRegistry(URI url, Login.Ecr login, @Nullable Server server, @Nullable DataFolder folder)
            throws IOException {
        this.url = url;
        this.login = login;
        this.server = server;
        this.folder = folder;
        var authority = url.getHost() + ":" + url.getPort();
        this.connections = new Connections(Targets.allowing(authority), Trust.with(null), PATIENT);
    }

    /// @param registry account and region
    static OwnRegistry open(Config config, List<String> registry) throws IOException {
        try {
            return started(config, registry, DataFolder.own(config.storage().data(), Instant.now()));
        } catch (DataFolder.InUseException e) {
            var url = e.address().map(URI::create).orElseThrow(() -> e);
            if (url.getScheme().equals("https")) {
                throw new IOException("the server on %s speaks TLS: stop it meanwhile".formatted(url), e);
            }
            return new OwnRegistry(url, login(config, registry, url), null, null);
        }
    }

    /// One of this process's own, in a folder that stays the caller's.
    ///
    /// @param registry account and region
    static OwnRegistry in(Config config, List<String> registry, DataFolder folder) throws IOException {
        return started(config, registry, folder, null);
    }

    private static OwnRegistry started(Config config, List<String> registry, DataFolder folder) throws IOException {
        try {
            return started(config, registry, folder, folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// @param ours the folder, if it is to be closed with the registry
    private static OwnRegistry started(
            Config config, List<String> registry, DataFolder folder, @Nullable DataFolder ours) throws IOException {
        var server = Server.start(inside(config), folder);
        try {
            var url = URI.create("http://127.0.0.1:" + server.port());
            folder.announce(url.toString());
            return new OwnRegistry(url, login(config, registry, url), server, ours);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// Reached by this machine alone, wherever the configured one would be, and by the specification: images that were
    /// taken elsewhere are taken here.
    private static Config inside(Config config) {
        var listening = new Listening("127.0.0.1", 0, null, false, Duration.ZERO);
        return config.listeningBy(listening).following(Compat.OCI);
    }

    private static Login.Ecr login(Config config, List<String> registry, URI url) throws IOException {
        return new Login.Ecr(url, registry.get(1), key(config, registry.get(0)));
    }

    /// Of the account's root.
    private static Login.AwsKey key(Config config, String account) throws IOException {
        var given = config.identities().rootKey();
        var isHome = config.registries().home().account().value().equals(account);
        if (isHome && given != null) {
            return new Login.AwsKey(given.id(), given.secret().read(), null);
        }
        var key = CredentialsFile.in(config.storage().data()).read(isHome ? CredentialsFile.DEFAULT : account);
        return new Login.AwsKey(key.id(), key.secret(), null);
    }

    URI url() {
        return url;
    }

    Login.Ecr login() {
        return login;
    }

    Connections connections() {
        return connections;
    }

    Target target() throws IOException {
        var sender = server == null ? connections : server.inside();
        return new Target(url, login, connections, sender, InstantSource.system());
    }

    @Override
    public void close() throws IOException {
        connections.close();
        if (server != null) {
            server.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
