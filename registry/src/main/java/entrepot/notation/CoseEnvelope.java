package entrepot.notation;

import entrepot.domain.Descriptor;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORMapper;

/// A signature in CBOR, as a tagged COSE_Sign1. Source: Notary Project, "COSE Signature Envelope"; RFC 9052, 4.2 and
/// 4.4.
final class CoseEnvelope {

    private static final CBORMapper CBOR = CBORMapper.shared();

    private static final int SIGN1 = 18;
    private static final int EPOCH_TIME = 1;
    private static final int ALGORITHM = 1;
    private static final int CRITICAL = 2;
    private static final int CONTENT_TYPE = 3;
    private static final int X5CHAIN = 33;
    private static final byte[] NOTHING = {};

    private CoseEnvelope() {}

    private interface Writing {
        void to(CBORGenerator cbor);
    }

    static byte[] make(SigningKey key, Descriptor target, Instant at) {
        var payload = Payload.of(target);
        var head = written(cbor -> head(cbor, key, at));
        var signature = key.sign(written(cbor -> signed(cbor, head, payload)));
        return written(cbor -> {
            cbor.writeTag(SIGN1);
            cbor.writeStartArray(null, 4);
            cbor.writeBinary(head);
            unsigned(cbor, key);
            cbor.writeBinary(payload);
            cbor.writeBinary(signature);
            cbor.writeEndArray();
        });
    }

    private static void head(CBORGenerator cbor, SigningKey key, Instant at) {
        cbor.writeStartObject(null, 5);
        cbor.writePropertyId(ALGORITHM);
        cbor.writeNumber(key.algorithm().coseNumber());
        cbor.writePropertyId(CRITICAL);
        cbor.writeStartArray(null, 1);
        cbor.writeString(Format.SCHEME);
        cbor.writeEndArray();
        cbor.writePropertyId(CONTENT_TYPE);
        cbor.writeString(Format.PAYLOAD_TYPE);
        cbor.writeName(Format.TIME);
        cbor.writeTag(EPOCH_TIME);
        cbor.writeNumber(at.getEpochSecond());
        cbor.writeName(Format.SCHEME);
        cbor.writeString(Format.SCHEME_X509);
        cbor.writeEndObject();
    }

    private static void signed(CBORGenerator cbor, byte[] head, byte[] payload) {
        cbor.writeStartArray(null, 4);
        cbor.writeString("Signature1");
        cbor.writeBinary(head);
        cbor.writeBinary(NOTHING);
        cbor.writeBinary(payload);
        cbor.writeEndArray();
    }

    private static void unsigned(CBORGenerator cbor, SigningKey key) {
        var chain = key.chain();
        cbor.writeStartObject(null, 2);
        cbor.writePropertyId(X5CHAIN);
        cbor.writeStartArray(null, chain.size());
        chain.forEach(cbor::writeBinary);
        cbor.writeEndArray();
        cbor.writeName(Format.AGENT);
        cbor.writeString(Format.AGENT_NAME);
        cbor.writeEndObject();
    }

    private static byte[] written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var cbor = (CBORGenerator) CBOR.createGenerator(bytes)) {
            writing.to(cbor);
        }
        return bytes.toByteArray();
    }
}
