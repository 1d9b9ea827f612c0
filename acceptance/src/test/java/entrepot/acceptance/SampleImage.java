package entrepot.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// An OCI image of one layer that no other test has.
final class SampleImage {

    static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    private final byte[] config;
    private final byte[] layer;

    private SampleImage(byte[] config, byte[] layer) {
        this.config = config;
        this.layer = layer;
    }

    static SampleImage ofSize(int layerSize) {
        var layer = new byte[layerSize];
        new Random(NEXT.incrementAndGet()).nextBytes(layer);
        var config = """
                {"architecture":"amd64","os":"linux","number":%d}""".formatted(NEXT.incrementAndGet()).getBytes(UTF_8);
        return new SampleImage(config, layer);
    }

    String manifest() {
        return """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}
                """.formatted(TYPE, digestOf(config), config.length, digestOf(layer), layer.length);
    }

    byte[] config() {
        return config;
    }

    byte[] layer() {
        return layer;
    }

    /// The blobs in the order in which clients push them.
    List<byte[]> blobs() {
        return List.of(layer, config);
    }

    String digest() {
        return digestOf(manifest().getBytes(UTF_8));
    }

    static String digestOf(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
