package entrepot.cli;

import entrepot.config.PlaceAddress;
import entrepot.server.Stores;
import entrepot.transfer.DockerLogins;
import entrepot.transfer.EcrSource;
import entrepot.transfer.FolderSources;
import entrepot.transfer.Import;
import entrepot.transfer.RemoteSource;
import entrepot.transfer.Selection;
import entrepot.transfer.Source;
import entrepot.transfer.SourceAddress;
import entrepot.upstream.EcrApi;
import entrepot.upstream.Login;
import entrepot.upstream.UpstreamRegistry;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/// Brings images from elsewhere.
@Command(
        name = "import",
        description = {
            "Brings images from another registry or a folder: tags, children of indexes, what refers to them. All digests",
            "are verified, and what is there is not brought again, so an import that was cut off goes on. Each image that",
            "fails has a line with its digest, and the status is 1 then. A server may run on the data folder meanwhile."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Another registry is asked as docker's config says ($DOCKER_CONFIG, else ~/.docker), ECR as AWS's tools do."
        })
final class ImportCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "SOURCE",
            description = {
                "docker://HOST[/REPOSITORY[:TAG]], oci:DIR, distribution:DIR (the folder above docker/registry/v2; also",
                "s3://BUCKET[/PREFIX]), ecr://ACCOUNT.REGION[/REPOSITORY[:TAG]] or zot:DIR."
            })
    @SuppressWarnings("NullAway.Init") // required
    private String from;

    @Option(
            names = "--to",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "What goes before each repository's name; for oci:DIR, its name.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String to;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = "Only these: team/*, or team/*:v1.*; may be given again.")
    private List<String> include = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "But for these; may be given again.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many images are on their way at once, and how many layers (default: 8).")
    private int concurrency;

    @Option(names = "--plain-http", description = "The source speaks HTTP without TLS, though it is not this machine.")
    private boolean plainHttp;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Authorities besides the usual ones that the source's certificate may be of, in PEM.")
    private @Nullable Path caFile;

    @Option(
            names = "--allow",
            paramLabel = "HOST[:PORT]",
            description = "A host that the source may lead to although it has a private address, or for its tokens.")
    private List<String> allow = new ArrayList<>();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Repositories where;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var address = address();
        var config = where.config();
        var out = spec.commandLine().getOut();
        try (var connections = new Connections(targets(address), Trust.with(caFile), Timing.USUAL);
                var source = source(address, connections);
                var own = OwnRegistry.open(config, where.registry(config));
                var progress = new ImportProgress(out, MoveProgress.isTerminal())) {
            var selection = Selection.of(include, exclude);
            var tally = new Import(own.target(), prefix(), selection, concurrency, progress).run(source);
            progress.end();
            out.println(tally);
            return tally.failed() == 0 ? 0 : 1;
        } finally {
            out.flush();
        }
    }

    private SourceAddress address() {
        if (concurrency < 1 || concurrency > 256) {
            throw new ParameterException(spec.commandLine(), "--concurrency: must be 1 to 256");
        }
        try {
            var address = SourceAddress.parse(from);
            if (address instanceof SourceAddress.Folder(var kind, var _)
                    && kind == SourceAddress.Kind.LAYOUT
                    && prefix().isEmpty()) {
                throw new IllegalArgumentException("a layout has no name: --to gives it one");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage(), e);
        }
    }

    private String prefix() {
        return to.endsWith("/") ? to.substring(0, to.length() - 1) : to;
    }

    /// Who imports names the source himself, wherever it is.
    private Targets targets(SourceAddress address) throws IOException {
        var all = new HashSet<>(allow);
        if (address instanceof SourceAddress.Registry registry) {
            all.add(authority(registry.url(plainHttp)));
        }
        if (address instanceof SourceAddress.Ecr && ecrElsewhere() != null) {
            all.add(authority(URI.create(ecrElsewhere())));
        }
        return new Targets(all);
    }

    private static String authority(URI url) {
        var isSecure = url.getScheme().equals("https");
        return url.getHost() + ":" + (url.getPort() > 0 ? url.getPort() : isSecure ? 443 : 80);
    }

    private Source source(SourceAddress address, Connections connections) throws IOException {
        return switch (address) {
            case SourceAddress.Folder(var kind, var path) ->
                switch (kind) {
                    case LAYOUT -> FolderSources.layout(path);
                    case ZOT -> FolderSources.zot(path);
                    case DISTRIBUTION -> FolderSources.distribution(path);
                };
            case SourceAddress.Bucket(var url) -> {
                var files = Stores.readFiles(PlaceAddress.of(url, System.getenv()));
                yield FolderSources.distribution(new BucketFiles(files));
            }
            case SourceAddress.Registry registry -> {
                var login = logins().of(registry.host(), registry.isHub());
                yield new RemoteSource(
                        client(registry.url(plainHttp), login, connections),
                        registry.repository(),
                        registry.reference());
            }
            case SourceAddress.Ecr ecr -> ecr(ecr, connections);
        };
    }

    private static UpstreamRegistry client(URI url, Login login, Connections connections) throws IOException {
        return new UpstreamRegistry(url, login, connections, InstantSource.system());
    }

    private static Source ecr(SourceAddress.Ecr ecr, Connections connections) throws IOException {
        var suffix = ecr.region().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        var elsewhere = ecrElsewhere();
        var api = elsewhere == null ? "https://api.ecr.%s.%s".formatted(ecr.region(), suffix) : elsewhere;
        var url = elsewhere == null
                ? "https://%s.dkr.ecr.%s.%s".formatted(ecr.account(), ecr.region(), suffix)
                : elsewhere;
        var login = new Login.Ecr(URI.create(api), ecr.region(), ImportCommand::awsKey);
        return new EcrSource(
                new EcrApi(login, connections),
                client(URI.create(url), login, connections),
                ecr.account(),
                ecr.repository(),
                ecr.reference());
    }

    /// As AWS's tools take it: another ECR than AWS's own.
    private static @Nullable String ecrElsewhere() {
        var own = System.getenv("AWS_ENDPOINT_URL_ECR");
        return own == null ? System.getenv("AWS_ENDPOINT_URL") : own;
    }

    private static Login.AwsKey awsKey() throws IOException {
        try (var provider = DefaultCredentialsProvider.builder().build()) {
            var key = provider.resolveCredentials();
            var session = key instanceof AwsSessionCredentials of ? of.sessionToken() : null;
            return new Login.AwsKey(key.accessKeyId(), key.secretAccessKey(), session);
        } catch (SdkException e) {
            throw new IOException("there is no access key for ECR", e);
        }
    }

    private static DockerLogins logins() {
        var folder = System.getenv("DOCKER_CONFIG");
        var place = folder == null ? Path.of(System.getProperty("user.home"), ".docker") : Path.of(folder);
        return new DockerLogins(place.resolve("config.json"));
    }
}
