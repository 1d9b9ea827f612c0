package entrepot.notation;

import static entrepot.notation.TestAuthority.NOW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Descriptor;
import entrepot.notation.TestAuthority.Holder;
import entrepot.notation.TestAuthority.Says;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/// What Notation makes of them is seen by scripts/sign-test.
class SignatureImageTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Holder ROOT = TestAuthority.root();
    private static final Holder LEAF = TestAuthority.by(ROOT, Says.SIGNER, TestAuthority.ec("secp384r1"));
    private static final Descriptor TARGET =
            new Descriptor("application/x", SignatureImage.digest("target".getBytes(UTF_8)), 6, false);

    @TempDir
    Path folder;

    private SigningKey key() throws Exception {
        var files = new TestAuthority(folder);
        return SigningKey.read(files.key("key", LEAF), files.chain("chain", LEAF, ROOT), NOW);
    }

    private static byte[] decoded(JsonNode envelope, String member) {
        return Base64.getUrlDecoder().decode(envelope.get(member).asString());
    }

    private static boolean isGood(byte[] signed, byte[] signature) throws Exception {
        var check = Algorithm.ES384.newSignature();
        check.initVerify(LEAF.keys().getPublic());
        check.update(signed);
        return check.verify(signature);
    }

    @ParameterizedTest
    @EnumSource
    void it_is_an_image_about_its_target_with_the_signature_as_its_layer(Format format) throws Exception {
        var image = SignatureImage.make(key(), format, TARGET, NOW);
        var manifest = JSON.readTree(image.manifest().toByteArray());

        assertThat(manifest.get("artifactType").asString()).isEqualTo("application/vnd.cncf.notary.signature");
        assertThat(manifest.get("subject")).isEqualTo(JSON.readTree(Payload.json(TARGET)));
        var layer = manifest.get("layers").get(0);
        assertThat(layer.get("mediaType").asString()).isEqualTo(format.mediaType());
        assertThat(layer.get("digest").asString())
                .isEqualTo(SignatureImage.digest(image.envelope()).toString());
        assertThat(layer.get("size").asInt()).isEqualTo(image.envelope().length);
        assertThat(manifest.get("config").get("digest").asString())
                .isEqualTo(SignatureImage.digest(SignatureImage.empty()).toString());
        assertThat(JSON.readTree(manifest.get("annotations")
                        .get("io.cncf.notary.x509chain.thumbprint#S256")
                        .asString()))
                .hasSize(2);
    }

    @Test
    void what_is_signed_as_json_is_what_is_meant_and_how() throws Exception {
        var envelope = JSON.readTree(
                SignatureImage.make(key(), Format.JWS, TARGET, NOW).envelope());

        var signed = envelope.get("protected").asString() + "."
                + envelope.get("payload").asString();
        assertThat(isGood(signed.getBytes(US_ASCII), decoded(envelope, "signature")))
                .isTrue();
        assertThat(JSON.readTree(decoded(envelope, "payload")).get("targetArtifact"))
                .isEqualTo(JSON.readTree(Payload.json(TARGET)));
        assertThat(JSON.readTree(decoded(envelope, "protected"))).isEqualTo(JSON.readTree("""
                {"alg": "ES384", "crit": ["io.cncf.notary.signingScheme"],
                 "cty": "application/vnd.cncf.notary.payload.v1+json",
                 "io.cncf.notary.signingScheme": "notary.x509",
                 "io.cncf.notary.signingTime": "2026-05-01T12:00:00Z"}"""));
        assertThat(envelope.get("header").get("x5c")).hasSize(2);
    }

    @Test
    void what_is_signed_as_cose_is_the_same() throws Exception {
        var bytes = SignatureImage.make(key(), Format.COSE, TARGET, NOW).envelope();
        assertThat(bytes[0]).isEqualTo((byte) 0xd2); // tag 18
        var parts = new CBORMapper().readTree(bytes);
        var head = parts.get(0).binaryValue();

        var headMembers = new CBORMapper().readTree(head);
        assertThat(headMembers.get("1").asInt()).isEqualTo(-35);
        assertThat(headMembers.get("io.cncf.notary.signingTime").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(JSON.readTree(parts.get(2).binaryValue()).get("targetArtifact"))
                .isEqualTo(JSON.readTree(Payload.json(TARGET)));
        var signed = new CBORMapper().writeValueAsBytes(new Object[] {
            "Signature1", head, new byte[0], parts.get(2).binaryValue()
        });
        assertThat(isGood(signed, parts.get(3).binaryValue())).isTrue();
        assertThat(parts.get(1).get("33")).hasSize(2);
    }
}
