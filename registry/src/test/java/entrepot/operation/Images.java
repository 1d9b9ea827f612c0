package entrepot.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.PutImage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The operations that put, get and delete images, and manifests to put. Every image has the config [#CONFIG] and the
/// layer [#LAYER]; its note makes it unlike others.
public final class Images {

    public static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final byte[] CONFIG = "{\"os\":\"linux\"}".getBytes(UTF_8);
    public static final byte[] LAYER = "one layer".getBytes(UTF_8);

    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    public final PutImage put;
    public final BatchGetImage get;
    public final BatchDeleteImage delete;

    private final World world;

    public Images(World world) {
        this.world = world;
        put = world.the(PutImage.class);
        get = world.the(BatchGetImage.class);
        delete = world.the(BatchDeleteImage.class);
    }

    /// Pushes what every image needs, too.
    public static Images into(World world, RepositoryName name) {
        var layers = new Layers(world);
        layers.push(name, CONFIG);
        layers.push(name, LAYER);
        return new Images(world);
    }

    public static ManifestBytes image(String note) {
        return image(note, Layers.sha256(LAYER), LAYER.length);
    }

    public static ManifestBytes image(String note, Digest layer, long size) {
        return ManifestBytes.ofText("""
            {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s],"annotations":{"note":"%s"}}\
            """.formatted(
                        OCI,
                        descriptor(CONFIG_TYPE, Layers.sha256(CONFIG), CONFIG.length),
                        descriptor(LAYER_TYPE, layer, size),
                        note));
    }

    /// An image, such as a signature, whose subject is another one.
    public static ManifestBytes about(Digest subject) {
        return about(subject, "about", ",\"artifactType\":\"application/x.signature\"");
    }

    /// One of many; `more` are further members, each with a comma before it.
    public static ManifestBytes about(Digest subject, String note, String more) {
        var text = image(note).text();
        var all = "%s,\"subject\":%s}".formatted(more, descriptor(OCI, subject, 1));
        return ManifestBytes.ofText(text.substring(0, text.length() - 1) + all);
    }

    public static ManifestBytes index(ManifestBytes... children) {
        var entries = Stream.of(children)
                .map(child -> descriptor(OCI, digest(child), child.length()))
                .collect(Collectors.joining(","));
        return ManifestBytes.ofText(
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}".formatted(OCI_INDEX, entries));
    }

    private static String descriptor(String type, Digest digest, long size) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
    }

    public static Digest digest(ManifestBytes manifest) {
        return manifest.digest(Digest.Algorithm.SHA256);
    }

    public static ImageIdentifier byTag(String tag) {
        return new ImageIdentifier(null, tag);
    }

    public static ImageIdentifier byDigest(Digest digest) {
        return new ImageIdentifier(digest.toString(), null);
    }

    /// Puts as `/v2` does, where a repetition succeeds.
    public Digest put(RepositoryName name, ManifestBytes manifest, @Nullable String tag) {
        return put(Law.OCI, name, manifest, tag);
    }

    public Digest put(Law law, RepositoryName name, ManifestBytes manifest, @Nullable String tag) {
        var input = new PutImage.Input(null, name, manifest, null, tag == null ? null : new Tag(tag), null);
        return world.call(law, put, input).image().imageId().imageDigest();
    }

    public BatchGetImage.Output get(RepositoryName name, ImageIdentifier... ids) {
        return world.call(get, new BatchGetImage.Input(null, name, List.of(ids), null));
    }

    /// Gets as a client that understands these media types alone.
    public BatchGetImage.Output get(RepositoryName name, List<String> accepted, ImageIdentifier... ids) {
        return world.call(get, new BatchGetImage.Input(null, name, List.of(ids), accepted));
    }

    public BatchDeleteImage.Output delete(Law law, RepositoryName name, ImageIdentifier... ids) {
        return world.call(law, delete, new BatchDeleteImage.Input(null, name, List.of(ids)));
    }

    public boolean has(RepositoryName name, ImageIdentifier id) {
        return !get(name, id).images().isEmpty();
    }
}
