package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Docker schema 1 as a JSON web signature (`prettyjws`). Its digest is over the payload that was signed: the bytes up
/// to where the signatures were put in, and the tail that the signature keeps, which must be the same manifest without
/// them. The signatures themselves are not verified; no client asks a registry to.
///
/// Source: Docker's manifest v2 schema 1 and libtrust, "pretty" signatures.
final class SignedSchema1 {

    private SignedSchema1() {}

    static Digest digest(ManifestBytes manifest, Map<String, ?> json, Digest.Algorithm algorithm) {
        try {
            var header =
                    ManifestReader.read(new ManifestBytes(decode(text(first(json.get("signatures")), "protected"))));
            var payload = new ManifestBytes(payload(manifest.toByteArray(), header));
            refuseOther(json, payload);
            return payload.digest(algorithm);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw ManifestReader.malformed("The signature cannot be read");
        }
    }

    private static byte[] payload(byte[] manifest, Map<String, ?> header) {
        if (!(header.get("formatLength") instanceof Integer length) || length < 0 || length > manifest.length) {
            throw ManifestReader.malformed("The signature is over no part of the manifest");
        }
        var tail = decode(text(header, "formatTail"));
        var payload = Arrays.copyOf(manifest, length + tail.length);
        System.arraycopy(tail, 0, payload, length, tail.length);
        return payload;
    }

    /// Anyone could write a tail that is another manifest, and take its digest.
    private static void refuseOther(Map<String, ?> json, ManifestBytes payload) {
        var unsigned = new HashMap<String, Object>(json);
        unsigned.remove("signatures");
        if (!ManifestReader.read(payload).equals(unsigned)) {
            throw ManifestReader.malformed("The signature is over another manifest");
        }
    }

    private static Map<?, ?> first(@Nullable Object signatures) {
        if (signatures instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Map<?, ?> signature) {
            return signature;
        }
        throw ManifestReader.malformed("There is no signature");
    }

    private static String text(Map<?, ?> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw ManifestReader.malformed("'%s' is no text".formatted(name));
    }

    private static byte[] decode(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
