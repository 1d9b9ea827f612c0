package entrepot.probe;

import entrepot.aws.model.ApiModel;
import entrepot.upstream.EcrApi;
import entrepot.upstream.Login;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.wire.Connections;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// All questions to one endpoint.
///
/// @param connections by which it is asked, and nothing else is
/// @param writes whether what changes something is asked, in repositories of a name that nobody has
/// @param time after which no more is asked
public record Probe(Login.Ecr login, Connections connections, boolean writes, Duration time) {

    private static final Login.AwsKey STRANGER =
            new Login.AwsKey("AKIAENTREPOTPROBE000", "entrepot/probe/has/no/such/secret/000000", null);

    /// Asks everything that may be asked.
    ///
    /// @throws IOException if it cannot be asked at all, or does not know the key
    public Report run() throws IOException {
        requireAnswer();
        var report = new Report();
        var model = ApiModel.of(ApiModel.class, "/entrepot/aws/ecr.json");
        var probing = new Probing(api(login.keys()), model, report, time, InstantSource.system());
        var key = login.keys().get();
        var impostor = new Login.AwsKey(key.id(), STRANGER.secret(), key.sessionToken());
        new ProtocolProbes(probing, api(STRANGER), api(impostor)).run();
        new ModelProbes(probing, name()).run(writes);
        if (writes) {
            new WriteProbes(new Scratch(probing, name())).run();
        }
        new V2Probes(probing, connections, login.api()).run();
        return report;
    }

    /// Of what cannot be asked for a token nothing else is worth asking.
    private void requireAnswer() throws UpstreamException {
        var heard = Heard.of(api(login.keys()).ask("GetAuthorizationToken", "{}"));
        if (!heard.isGood()) {
            throw UpstreamException.denied("GetAuthorizationToken: " + heard.brief());
        }
    }

    private EcrApi api(Login.AwsKeys keys) {
        return new EcrApi(new Login.Ecr(login.api(), login.region(), keys), connections);
    }

    private static String name() {
        var bytes = new byte[8];
        RandomGenerator.getDefault().nextBytes(bytes);
        return "entrepot-probe-" + HexFormat.of().formatHex(bytes);
    }
}
