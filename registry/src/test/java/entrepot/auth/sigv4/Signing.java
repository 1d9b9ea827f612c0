package entrepot.auth.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import entrepot.auth.ClockByHand;
import entrepot.auth.Hmac;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.Regions;
import entrepot.auth.StoredKeys;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.store.AccessKeys.AccessKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// A verifier that knows one key, and the AWS SDK's own signer to make requests for it.
final class Signing {

    /// The example key of AWS's documentation.
    static final AccessKey KEY = AccessKey.ofRoot(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            new AccountId("123456789012"),
            Instant.EPOCH);

    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    static final byte[] BODY = "{\"repositoryName\":\"team/app\"}".getBytes(StandardCharsets.UTF_8);

    /// One for all tests, since none of them changes it.
    static final StoredKeys KEYS = new StoredKeys();

    static {
        KEYS.create(KEY);
    }

    final KeyUsage usage = new KeyUsage();
    final ClockByHand clock = new ClockByHand(NOW);
    final SigV4 verifier;

    Signing() {
        this(Hmac.SHA256);
    }

    Signing(Hmac hmac) {
        verifier = new SigV4(new KnownKeys(KEYS, clock), usage, Regions.ANY, clock, hmac);
    }

    /// The request that an ECR client makes of this one.
    static SdkHttpRequest request(Consumer<SdkHttpRequest.Builder> more) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .protocol("http")
                .host("localhost")
                .port(5000)
                .encodedPath("/")
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories");
        more.accept(request);
        return request.build();
    }

    static SignedRequest signed(SdkHttpRequest request) {
        return signed(request, s -> {});
    }

    static SignedRequest signed(SdkHttpRequest request, Consumer<SignRequest.Builder<AwsCredentialsIdentity>> more) {
        var signed = AwsV4HttpSigner.create().sign(s -> {
            s.identity(AwsCredentialsIdentity.create(KEY.id(), KEY.secret()))
                    .request(request)
                    .payload(() -> new ByteArrayInputStream(BODY))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "ecr")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
            more.accept(s);
        });
        return onTheWire(signed.request());
    }

    /// In the query, for an hour.
    static SignedRequest presigned(SdkHttpRequest request) {
        return signed(
                request,
                s -> s.putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofHours(1)));
    }

    private static SignedRequest onTheWire(SdkHttpRequest request) {
        var headers = new ArrayList<SignedRequest.Header>();
        request.forEachHeader(
                (name, values) -> values.forEach(value -> headers.add(new SignedRequest.Header(name, bytes(value)))));
        return new SignedRequest(
                request.method().name(),
                request.encodedPath(),
                request.encodedQueryParameters().orElse(""),
                headers);
    }

    /// As a server that takes a byte for a character sees a text.
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String sha256(byte[] bytes) {
        return Digest.of(
                        Digest.Algorithm.SHA256,
                        Digest.Algorithm.SHA256.newComputation().digest(bytes))
                .hex();
    }

    /// The request with one header changed.
    static SignedRequest with(SignedRequest request, String name, UnaryOperator<String> change) {
        var headers = request.headers().stream()
                .map(h -> h.name().equalsIgnoreCase(name)
                        ? new SignedRequest.Header(h.name(), change.apply(h.value()))
                        : h)
                .toList();
        assertThat(headers).isNotEqualTo(request.headers());
        return new SignedRequest(request.method(), request.path(), request.query(), headers);
    }

    static SignedRequest without(SignedRequest request, String name) {
        return new SignedRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers().stream()
                        .filter(h -> !h.name().equalsIgnoreCase(name))
                        .toList());
    }

    static SignedRequest adding(SignedRequest request, String name, String value) {
        var headers = new ArrayList<>(request.headers());
        headers.add(new SignedRequest.Header(name, value));
        return new SignedRequest(request.method(), request.path(), request.query(), headers);
    }

    Authentication verify(SignedRequest request) {
        return verifier.verify(request, "ecr", sha256(BODY));
    }

    void accepts(SignedRequest request) {
        assertThat(verify(request)).isInstanceOf(Authentication.Proven.class);
    }

    void refuses(SignedRequest request, String type, String message) {
        assertThat(verify(request)).isEqualTo(new Authentication.Rejected(type, message));
    }

    void refusesTheSignature(SignedRequest request) {
        refuses(
                request,
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method. Consult the service documentation for details.");
    }

    /// What the credential is scoped to, changed in place; the signature stays.
    static SignedRequest rescoped(SignedRequest request, String from, String to) {
        return with(request, "Authorization", value -> value.replace(from, to));
    }
}
