package entrepot.store.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/// Signs requests without TLS as those with it: the head alone, as `UNSIGNED-PAYLOAD`. The SDK would hash all bytes of
/// a body a second time, and send them in chunks with a signature each.
///
/// Source: AWS Signature Version 4, "Signature calculations for the Authorization header"; docs/decisions/0057.
record PlainSigning(AwsV4AuthScheme scheme) implements AwsV4AuthScheme {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    PlainSigning() {
        this(AwsV4AuthScheme.create());
    }

    @Override
    public String schemeId() {
        return scheme.schemeId();
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return scheme.identityProvider(providers);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return new Signer(scheme.signer());
    }

    private record Signer(AwsV4HttpSigner signer) implements AwsV4HttpSigner {

        /// The port is part of what is signed, and the scheme is not.
        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            var plain = request.request();
            var signed = signer.sign(asOverTls(request));
            return signed.toBuilder().request(asPlain(signed.request(), plain)).build();
        }

        private static <T extends AwsCredentialsIdentity> SignRequest<T> asOverTls(SignRequest<T> request) {
            return request.copy(copy -> copy.request(signable(request.request()))
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false));
        }

        /// The signer makes `Host` of host and port, and leaves out the port that is TLS's own; what is sent is without
        /// that of HTTP.
        private static SdkHttpRequest signable(SdkHttpRequest request) {
            var host = request.port() == HTTP ? request.host() : request.host() + ":" + request.port();
            return request.copy(copy -> copy.protocol("https").host(host).port(HTTPS));
        }

        private static SdkHttpRequest asPlain(SdkHttpRequest signed, SdkHttpRequest plain) {
            return signed.copy(
                    copy -> copy.protocol(plain.protocol()).host(plain.host()).port(plain.port()));
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            return signer.signAsync(request);
        }
    }
}
