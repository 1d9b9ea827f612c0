package entrepot.notation;

import entrepot.domain.Descriptor;
import java.time.Instant;

/// How a signature is written down. Source: Notary Project, "Signature Specification".
public enum Format {
    JWS("application/jose+json") {
        @Override
        byte[] envelope(SigningKey key, Descriptor target, Instant at) {
            return JwsEnvelope.make(key, target, at);
        }
    },
    COSE("application/cose") {
        @Override
        byte[] envelope(SigningKey key, Descriptor target, Instant at) {
            return CoseEnvelope.make(key, target, at);
        }
    };

    static final String PAYLOAD_TYPE = "application/vnd.cncf.notary.payload.v1+json";
    static final String SCHEME = "io.cncf.notary.signingScheme";
    static final String SCHEME_X509 = "notary.x509";
    static final String TIME = "io.cncf.notary.signingTime";
    static final String AGENT = "io.cncf.notary.signingAgent";
    static final String AGENT_NAME = "entrepot";

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    abstract byte[] envelope(SigningKey key, Descriptor target, Instant at);
}
