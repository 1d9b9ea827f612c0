package entrepot.server;

import entrepot.auth.RegistryHosts;
import entrepot.config.Config;
import entrepot.config.Reach;
import entrepot.config.Upstreams;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.ScannerDatabase;
import entrepot.domain.ScannerDatabase.Artifact;
import entrepot.scan.ScanMeans;
import entrepot.scan.database.ArtifactSource;
import entrepot.scan.database.FetchedDatabase;
import entrepot.scan.database.FetchedDatabase.From;
import entrepot.scan.database.OwnArtifact;
import entrepot.scan.database.RemoteArtifact;
import entrepot.scanner.Scanner;
import entrepot.scanner.Scanners;
import entrepot.upstream.Login;
import entrepot.upstream.UpstreamRegistry;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the scanner knows, wherever that comes from.
///
/// @param scanners empty where there is no scanner
/// @param fetched null where what it knows lies in a folder
record ScannerDatabases(
        Optional<Scanners> scanners, @Nullable FetchedDatabase fetched) {

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Pattern THIS_MACHINE = Pattern.compile("(?:[a-z0-9.-]+\\.)?localhost|127\\.[0-9.]+");

    /// To look into the own tables costs nothing.
    private static final Duration OWN_EVERY = Duration.ofSeconds(5);

    private static final Duration OTHERS_EVERY = Duration.ofMinutes(5);

    /// @param folder of this process, for what is fetched
    /// @param port that is listened on
    static ScannerDatabases open(Config config, ScanMeans means, Path folder, int port) throws IOException {
        var rules = config.rules().scanner();
        if (!rules.isThere()) {
            return new ScannerDatabases(Optional.empty(), null);
        }
        return switch (rules.database()) {
            case ScannerDatabase.Folder given -> {
                var scanner = Scanner.of(rules, given.path(), null);
                yield new ScannerDatabases(Optional.of(() -> scanner), null);
            }
            case Artifact artifact -> {
                var place = folder.resolve(rules.engine().name().toLowerCase(Locale.ROOT));
                var fetched =
                        new FetchedDatabase(from(config, means, artifact, port), rules, place, InstantSource.system());
                yield new ScannerDatabases(Optional.of(fetched), fetched);
            }
        };
    }

    private static From from(Config config, ScanMeans means, Artifact artifact, int port) throws IOException {
        return isOwn(config.reach(), artifact.host().toLowerCase(Locale.ROOT), port)
                ? new From(artifact, own(config, means, artifact, port), OWN_EVERY, means.reserve())
                : new From(artifact, remote(config.upstreams(), artifact), OTHERS_EVERY, means.reserve());
    }

    /// Whether it is one that clients know this server by: a public one with no port but that one's, or the one that is
    /// listened on. A name of ECR's form alone is not: it may be AWS's.
    static boolean isOwn(Reach reach, String host, int port) {
        var name = PORT.matcher(host).replaceFirst("");
        var isHere = host.endsWith(":" + port);
        return host.equals(reach.address("http", port).host().toLowerCase(Locale.ROOT))
                || reach.publicHosts().stream()
                        .anyMatch(own -> own.equalsIgnoreCase(host) || (isHere && own.equalsIgnoreCase(name)))
                || (isHere && THIS_MACHINE.matcher(name).matches());
    }

    private static ArtifactSource own(Config config, ScanMeans means, Artifact artifact, int port) {
        var hosts = new RegistryHosts(
                scheme -> config.reach().address(scheme, port), config.reach().publicHosts());
        RegistryId registry =
                hosts.registry(artifact.host()).orElse(config.registries().home());
        return new OwnArtifact(means, registry, new RepositoryName(artifact.repository()), artifact.tag());
    }

    /// The host may be anywhere, since the operator named it; what it redirects to must be public.
    private static ArtifactSource remote(Upstreams upstreams, Artifact artifact) throws IOException {
        var url = url(upstreams, artifact.host());
        var connections =
                new Connections(Targets.allowing(url.getAuthority()), Trust.with(upstreams.caFile()), Timing.USUAL);
        var registry = new UpstreamRegistry(url, Login.ANONYMOUS, connections, InstantSource.system());
        return new RemoteArtifact(registry, artifact.repository(), artifact.tag());
    }

    /// As for a rule of the pull-through cache: another server where one is named in its place, and no TLS to this
    /// machine.
    private static URI url(Upstreams upstreams, String host) {
        var elsewhere = upstreams.cache().endpoints().get(host);
        var isHere = THIS_MACHINE.matcher(PORT.matcher(host).replaceFirst("")).matches();
        return elsewhere == null ? URI.create((isHere ? "http://" : "https://") + host) : elsewhere;
    }
}
