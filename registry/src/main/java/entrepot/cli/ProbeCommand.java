package entrepot.cli;

import entrepot.config.Durations;
import entrepot.probe.Deviation;
import entrepot.probe.Probe;
import entrepot.probe.Report;
import entrepot.upstream.Login;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Targets;
import entrepot.upstream.wire.Timing;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/// Tells where something that speaks ECR's API is not as ECR.
@Command(
        name = "probe",
        description = {
            "Asks an endpoint what AWS's model of ECR and ECR's known behaviour say of it, and prints what differs:",
            "every operation, every bound, the shapes of answers and refusals; with --write PutImage's every case, too.",
            "The exit status is 0 where nothing differs, 1 where something does, 2 where it could not be asked."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "The access key is what AWS's tools would take: the environment, a profile, or a role.",
            "--write makes a repository entrepot-probe-... and deletes it. It also sends inputs to operations that change",
            "a registry's settings which ECR refuses; what takes them is changed. Use it on what is your own."
        })
final class ProbeCommand implements Callable<Integer> {

    private static final int DIFFERENT = 1;
    private static final int NOT_ASKED = 2;
    private static final Timing PATIENCE =
            new Timing(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30));

    @Option(names = "--endpoint", required = true, paramLabel = "URL", description = "Where ECR's API is.")
    @SuppressWarnings("NullAway.Init") // required
    private URI endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "${env:AWS_REGION:-us-east-1}",
            description = "What requests are signed for (default: $AWS_REGION, else us-east-1).")
    @SuppressWarnings("NullAway.Init") // has a default
    private String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "Whose access key of AWS's files is taken.")
    private @Nullable String profile;

    @Option(names = "--write", description = "Asks also what changes something.")
    private boolean writes;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "After which nothing more is asked (default: 10m).")
    @SuppressWarnings("NullAway.Init") // has a default
    private String timeout;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Authorities besides the usual ones that the endpoint's certificate may be of, in PEM.")
    private @Nullable Path caFile;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var targets = new Targets(Set.of(authority()));
        var time = time();
        try (var keys = DefaultCredentialsProvider.builder()
                        .profileName(profile)
                        .build();
                var connections = new Connections(targets, Trust.with(caFile), PATIENCE)) {
            var login = new Login.Ecr(endpoint.resolve("/"), region, () -> key(keys));
            return print(out, new Probe(login, connections, writes, time).run());
        } catch (IOException e) {
            Failures.tell(spec.commandLine().getErr(), e);
            return NOT_ASKED;
        } finally {
            out.flush();
        }
    }

    private static int print(PrintWriter out, Report report) {
        if (!report.deviations().isEmpty()) {
            out.println("| operation | asked | ECR | here |");
            out.println("|---|---|---|---|");
            report.deviations().forEach(deviation -> out.println(row(deviation)));
        }
        report.unasked().forEach(what -> out.println("not asked: " + what));
        out.println("%d answers, %d different from ECR's"
                .formatted(report.answers(), report.deviations().size()));
        if (!report.deviations().isEmpty()) {
            return DIFFERENT;
        }
        return report.unasked().isEmpty() ? 0 : NOT_ASKED;
    }

    /// What the endpoint said is its own text, and may be meant for a terminal.
    private static String row(Deviation deviation) {
        return "| %s | %s | %s | %s |"
                .formatted(deviation.operation(), deviation.point(), deviation.expected(), deviation.found())
                .replaceAll("\\p{Cntrl}", "?");
    }

    private String authority() {
        var scheme = String.valueOf(endpoint.getScheme());
        if (endpoint.getHost() == null || !scheme.matches("https?") || endpoint.getUserInfo() != null) {
            throw new ParameterException(
                    spec.commandLine(), "--endpoint: must be an address such as http://localhost:5000");
        }
        var usual = scheme.equals("https") ? 443 : 80;
        return endpoint.getHost() + ":" + (endpoint.getPort() > 0 ? endpoint.getPort() : usual);
    }

    private Duration time() {
        try {
            return Durations.parseOrNone(timeout);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--timeout: " + timeout + " " + e.getMessage(), e);
        }
    }

    /// @param keys which remember what they found, as long as it is good
    private static Login.AwsKey key(AwsCredentialsProvider keys) throws IOException {
        try {
            var key = keys.resolveCredentials();
            var session = key instanceof AwsSessionCredentials of ? of.sessionToken() : null;
            return new Login.AwsKey(key.accessKeyId(), key.secretAccessKey(), session);
        } catch (SdkException e) {
            throw new IOException("there is no access key to ask with", e);
        }
    }
}
