package entrepot.auth.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import entrepot.auth.ClockByHand;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.Regions;
import entrepot.auth.StoredKeys;
import entrepot.domain.AccountId;
import entrepot.store.AccessKeys.AccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// AWS's own test suite for Signature Version 4, as botocore carries it. It is not ours to ship, so this is not part of
/// `./test`:
/// ```
/// scripts/fetch-aws4-testsuite FOLDER
/// mvn test -Dtest=Aws4TestsuiteCheck -Daws4.testsuite=FOLDER
/// ```
/// No case is left out. Of each, the canonical request must be the suite's (`.creq`), and the signed request (`.sreq`)
/// must be proven. In three cases it must be refused instead, since they carry a session token and the suite's key is
/// a long-term one; in one of them the token is not even under the signature, which some services allow.
class Aws4TestsuiteCheck {

    private static final Set<String> WITH_A_SESSION_TOKEN =
            Set.of("post-sts-header-before", "post-sts-header-after", "get-vanilla-with-session-token");

    private static final ClockByHand CLOCK = new ClockByHand(Instant.parse("2015-08-30T12:36:00Z"));

    private final SigV4 verifier = verifier();

    private static SigV4 verifier() {
        var keys = new StoredKeys();
        keys.create(AccessKey.ofRoot(
                "AKIDEXAMPLE",
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                new AccountId("123456789012"),
                Instant.EPOCH));
        return new SigV4(new KnownKeys(keys, CLOCK), new KeyUsage(), Regions.ANY, CLOCK);
    }

    @Test
    void every_case_is_understood_as_the_suite_has_it() throws IOException {
        var folder = System.getProperty("aws4.testsuite");
        assertThat(folder)
                .as("the folder that scripts/fetch-aws4-testsuite filled")
                .isNotNull();
        var done = new TreeSet<String>();
        try (var files = Files.walk(Path.of(folder))) {
            for (var file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".sreq"))::iterator) {
                check(file, done);
            }
        }

        assertThat(done).hasSizeGreaterThan(30).containsAll(WITH_A_SESSION_TOKEN);
        System.out.printf(
                "aws4_testsuite: %d cases passed, %d of them refusals of a session token, 0 left out%n",
                done.size(), WITH_A_SESSION_TOKEN.size());
    }

    private void check(Path file, Set<String> done) throws IOException {
        var name = file.getFileName().toString().replace(".sreq", "");
        var exchange = Exchange.parse(read(file));
        var seen = verifier.verify(exchange.request(), "service", exchange.payloadSha256());

        assertThat(canonical(exchange)).as(name).isEqualTo(read(file.resolveSibling(name + ".creq")));
        assertThat(seen)
                .as(name)
                .isInstanceOf(
                        WITH_A_SESSION_TOKEN.contains(name)
                                ? Authentication.Rejected.class
                                : Authentication.Proven.class);
        done.add(name);
    }

    private static String canonical(Exchange exchange) {
        var request = exchange.request();
        var query = SignedQuery.parse(request.query());
        var claim = HeaderForm.parse(
                request, query, request.onlyHeader("Authorization").orElseThrow());
        return new CanonicalRequest(request, query, claim.signedHeaders()).text(exchange.payloadSha256());
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r", "");
    }

    /// A request as text: a line, header lines of which a blank begins a continued one, an empty line, a body.
    private record Exchange(SignedRequest request, String payloadSha256) {

        static Exchange parse(String text) {
            var parts = text.split("\n\n", 2);
            var lines = List.of(parts[0].replaceAll("\n +", "\u000B").split("\n", -1));
            var target = lines.getFirst().replaceFirst("^[A-Z]+ ", "").replaceFirst(" HTTP/1.1$", "");
            var mark = (target + "?").indexOf('?');
            var request = new SignedRequest(
                    lines.getFirst().substring(0, lines.getFirst().indexOf(' ')),
                    target.substring(0, mark),
                    target.substring(Math.min(mark + 1, target.length())),
                    headers(lines.stream().skip(1)));
            var body = parts.length < 2 ? "" : parts[1];
            return new Exchange(request, Signing.sha256(body.getBytes(StandardCharsets.ISO_8859_1)));
        }

        private static List<SignedRequest.Header> headers(Stream<String> lines) {
            return lines.map(line -> line.split(":", 2))
                    .map(pair -> new SignedRequest.Header(pair[0], pair[1].strip()))
                    .toList();
        }
    }
}
