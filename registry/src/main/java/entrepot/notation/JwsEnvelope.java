package entrepot.notation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Descriptor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A signature as JSON. Source: Notary Project, "JWS Signature Envelope"; RFC 7515, 7.2.2.
final class JwsEnvelope {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JwsEnvelope() {}

    static byte[] make(SigningKey key, Descriptor target, Instant at) {
        var payload = url(Payload.of(target));
        var head = url(JSON.writeValueAsBytes(head(key, at)));
        var signature = key.sign((head + "." + payload).getBytes(US_ASCII));
        var envelope = new LinkedHashMap<String, Object>();
        envelope.put("payload", payload);
        envelope.put("protected", head);
        envelope.put("header", Map.of("x5c", chain(key), Format.AGENT, Format.AGENT_NAME));
        envelope.put("signature", url(signature));
        return JSON.writeValueAsString(envelope).getBytes(UTF_8);
    }

    private static Map<String, Object> head(SigningKey key, Instant at) {
        var head = new LinkedHashMap<String, Object>();
        head.put("alg", key.algorithm().name());
        head.put("crit", List.of(Format.SCHEME));
        head.put("cty", Format.PAYLOAD_TYPE);
        head.put(Format.SCHEME, Format.SCHEME_X509);
        head.put(Format.TIME, at.truncatedTo(ChronoUnit.SECONDS).toString());
        return head;
    }

    private static List<String> chain(SigningKey key) {
        return key.chain().stream().map(Base64.getEncoder()::encodeToString).toList();
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
