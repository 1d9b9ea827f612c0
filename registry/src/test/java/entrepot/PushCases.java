package entrepot;

import static entrepot.Manifests.DOCKER;
import static entrepot.Manifests.DOCKER_LIST;
import static entrepot.Manifests.LAYER;
import static entrepot.Manifests.OCI;
import static entrepot.Manifests.OCI_INDEX;
import static entrepot.Manifests.SCHEMA1;
import static entrepot.Manifests.SCHEMA1_SIGNED;
import static entrepot.Manifests.child;
import static entrepot.Manifests.config;
import static entrepot.Manifests.descriptor;
import static entrepot.Manifests.digest;
import static entrepot.Manifests.image;
import static entrepot.Manifests.imageWithNote;
import static entrepot.Manifests.index;
import static entrepot.Manifests.layer;
import static entrepot.Manifests.layers;
import static entrepot.Manifests.schema1;
import static entrepot.Manifests.schema1Signed;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/// Everything that can be pushed, and what each door has to say to it.
final class PushCases {

    private static final String SYNTAX = "InvalidParameterException: Invalid parameter at 'ImageManifest' failed to"
            + " satisfy constraint: 'Invalid JSON syntax'";
    private static final String INVALID = "400 MANIFEST_INVALID";
    static final String STORED = "stored";
    static final String CREATED = "201";

    private PushCases() {}

    /// One push after others.
    ///
    /// @param json what the JSON door answers: `stored`, or the error's name and the beginning of its text
    /// @param v2 what `/v2` answers: status and code
    record Case(String name, ImageTagMutability mutability, List<Push> before, Push push, String json, String v2) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// A manifest and where it is to go.
    ///
    /// @param type what the sender says it is, or null
    /// @param reference a tag or a digest
    record Push(String manifest, @Nullable String type, String reference) {}

    static Stream<Case> all() {
        return Stream.of(kinds(), laws(), repeats(), references(), malformed(), limits())
                .flatMap(List::stream);
    }

    private static List<Case> kinds() {
        var amd64 = imageWithNote("amd64");
        return List.of(
                first("a Docker image", image(DOCKER), DOCKER, STORED, CREATED),
                first("an OCI image that says nothing of itself", untyped(), OCI, STORED, CREATED),
                first("an image whose sender says nothing", image(OCI), null, STORED, CREATED),
                first("a Docker schema 1 image", schema1(), SCHEMA1, STORED, CREATED),
                first("a signed Docker schema 1 image", schema1Signed(), SCHEMA1_SIGNED, STORED, CREATED),
                first("an artifact", image(OCI, config(), layer(), artifact()), OCI, STORED, CREATED),
                after(
                        "an index",
                        List.of(push(amd64)),
                        index(OCI_INDEX, child(OCI, amd64)),
                        OCI_INDEX,
                        STORED,
                        CREATED),
                after(
                        "a Docker list",
                        List.of(push(amd64)),
                        index(DOCKER_LIST, child(OCI, amd64)),
                        DOCKER_LIST,
                        STORED,
                        CREATED),
                first("an empty index", index(OCI_INDEX), OCI_INDEX, STORED, CREATED),
                first(
                        "a foreign layer",
                        image(DOCKER, config(), foreign() + "," + layer(), ""),
                        DOCKER,
                        STORED,
                        CREATED));
    }

    private static List<Case> laws() {
        return List.of(
                first(
                        "an image without layers",
                        image(OCI, config(), "", ""),
                        OCI,
                        "InvalidParameterException: Invalid parameter at 'ImageManifest' failed to satisfy constraint:"
                                + " 'Image has to have at least 1 layer'",
                        CREATED),
                first(
                        "a media type with a parameter",
                        image(
                                OCI,
                                config(),
                                descriptor("application/x+json;version=1", digest(LAYER), LAYER.length),
                                ""),
                        OCI,
                        SYNTAX,
                        CREATED));
    }

    private static List<Case> repeats() {
        var moved =
                "ImageTagAlreadyExistsException: The image tag 'v1' already exists in the '%s' repository and cannot"
                        + " be overwritten because the tag is immutable.";
        return List.of(
                after(
                        "the same again",
                        List.of(push(imageWithNote("a"))),
                        imageWithNote("a"),
                        OCI,
                        "ImageAlreadyExistsException: Image with digest '" + digest(imageWithNote("a"))
                                + "' and tag 'v1' already exists in the repository",
                        CREATED),
                new Case(
                        "the same again, immutable",
                        ImageTagMutability.IMMUTABLE,
                        List.of(push(imageWithNote("a"))),
                        push(imageWithNote("a")),
                        "ImageAlreadyExistsException: Image with digest",
                        CREATED),
                new Case(
                        "another under an immutable tag",
                        ImageTagMutability.IMMUTABLE,
                        List.of(push(imageWithNote("a"))),
                        push(imageWithNote("b")),
                        moved,
                        "400 TAG_INVALID"),
                after(
                        "another under a mutable tag",
                        List.of(push(imageWithNote("a"))),
                        imageWithNote("b"),
                        OCI,
                        STORED,
                        CREATED),
                new Case(
                        "a second tag for the same",
                        ImageTagMutability.IMMUTABLE,
                        List.of(push(imageWithNote("a"))),
                        new Push(imageWithNote("a"), OCI, "v2"),
                        STORED,
                        CREATED),
                new Case(
                        "the same again by digest",
                        ImageTagMutability.MUTABLE,
                        List.of(push(imageWithNote("a"))),
                        new Push(imageWithNote("a"), OCI, digest(imageWithNote("a"))),
                        "ImageAlreadyExistsException: Image with digest '" + digest(imageWithNote("a"))
                                + "' and tag 'null' already exists",
                        CREATED),
                new Case(
                        "one by digest",
                        ImageTagMutability.MUTABLE,
                        List.of(),
                        new Push(imageWithNote("a"), OCI, digest(imageWithNote("a"))),
                        STORED,
                        CREATED),
                new Case(
                        "one whose type was told before",
                        ImageTagMutability.MUTABLE,
                        List.of(new Push(untyped(), OCI, "v1")),
                        new Push(untyped(), null, "v2"),
                        STORED,
                        CREATED));
    }

    private static List<Case> references() {
        var absent = Manifests.ABSENT;
        return List.of(
                first(
                        "a layer that is missing",
                        image(OCI, config(), descriptor("application/x", absent, 5) + "," + layer(), ""),
                        OCI,
                        "LayersNotFoundException: Layers with digests '[" + absent
                                + "]' required for pushing image into repository with name '%s' in the registry with id '000000000000' do not exist",
                        "404 MANIFEST_BLOB_UNKNOWN"),
                first(
                        "a config that is missing",
                        image(OCI, descriptor("application/x", absent, 5), layer(), ""),
                        OCI,
                        "LayersNotFoundException: Layers with digests '[" + absent + "]'",
                        "404 MANIFEST_BLOB_UNKNOWN"),
                first(
                        "a child that is missing",
                        index(OCI_INDEX, descriptor(OCI, absent, 5)),
                        OCI_INDEX,
                        "ReferencedImagesNotFoundException: Images with digests '[" + absent
                                + "]' required for pushing image into repository with name '%s' in the registry with id '000000000000' do not exist",
                        "404 MANIFEST_BLOB_UNKNOWN"),
                first(
                        "a child that is a layer",
                        index(OCI_INDEX, layer()),
                        OCI_INDEX,
                        "ReferencedImagesNotFoundException: Images with digests '[" + digest(LAYER) + "]'",
                        "404 MANIFEST_BLOB_UNKNOWN"),
                new Case(
                        "another digest than it has",
                        ImageTagMutability.MUTABLE,
                        List.of(),
                        new Push(image(OCI), OCI, absent),
                        "ImageDigestDoesNotMatchException: The image with digest '" + absent
                                + "' in repository '%s' and registry ID '000000000000' does not match the image digest that Amazon ECR has calculated.",
                        INVALID));
    }

    /// It would have the other one's digest.
    private static String signedAs(String other) {
        return schema1Signed(0, other);
    }

    private static List<Case> malformed() {
        return Stream.of(
                        List.of("not JSON", "layers"),
                        List.of("an array", "[]"),
                        List.of("null", "null"),
                        List.of("cut short", image(OCI).substring(0, 90)),
                        List.of("followed by more", image(OCI) + "{}"),
                        List.of("a name twice", image(OCI, config(), layer(), ",\"schemaVersion\":2")),
                        List.of("layers and manifests", image(OCI, config(), layer(), ",\"manifests\":[]")),
                        List.of("deeply nested", "[".repeat(100_000)),
                        List.of(
                                "deep inside",
                                image(OCI, config(), layer(), ",\"annotations\":" + "{\"a\":".repeat(100_000))),
                        List.of("no schemaVersion", image(OCI).replace("\"schemaVersion\":2,", "")),
                        List.of(
                                "another schemaVersion",
                                image(OCI).replace("\"schemaVersion\":2", "\"schemaVersion\":1")),
                        List.of(
                                "a schemaVersion of text",
                                image(OCI).replace("\"schemaVersion\":2", "\"schemaVersion\":\"2\"")),
                        List.of("layers of no list", image(OCI).replace("\"layers\":[", "\"layers\":{},\"x\":[")),
                        List.of("a layer of text", image(OCI, config(), "\"layer\"", "")),
                        List.of("no config", image(OCI, "null", layer(), "")),
                        List.of(
                                "a negative size",
                                image(OCI, config(), descriptor("application/x", digest(LAYER), -1), "")),
                        List.of(
                                "a size unlike the blob's",
                                image(OCI, config(), descriptor("application/x", digest(LAYER), 8), "")),
                        List.of(
                                "a huge size",
                                image(
                                        OCI,
                                        config(),
                                        layer().replace("\"size\":9", "\"size\":99999999999999999999"),
                                        "")),
                        List.of(
                                "a size with a fraction",
                                image(OCI, config(), layer().replace("\"size\":9", "\"size\":9.0"), "")),
                        List.of(
                                "a path for a digest",
                                image(OCI, config(), descriptor("application/x", "sha256:../../etc/passwd", 9), "")),
                        List.of(
                                "a digest of another algorithm",
                                image(OCI, config(), descriptor("application/x", "md5:" + "0".repeat(32), 9), "")),
                        List.of(
                                "no media type for a layer",
                                image(OCI, config(), layer().replace("mediaType", "x"), "")),
                        List.of(
                                "a line break in a media type",
                                image(OCI, config(), descriptor("a/b\\r\\nX: y", digest(LAYER), 9), "")),
                        List.of("a subject of text", image(OCI, config(), layer(), ",\"subject\":\"x\"")),
                        List.of("a type unlike the one declared", image(DOCKER)),
                        List.of("a type that nobody knows", image("application/vnd.oci.artifact.manifest.v1+json")))
                .map(c -> first("malformed: " + c.getFirst(), c.getLast(), OCI, SYNTAX, INVALID))
                .toList();
    }

    private static List<Case> limits() {
        var tags = List.of(push(imageWithNote("a")), new Push(imageWithNote("a"), OCI, "v2"));
        var images = Stream.of("a", "b", "c")
                .map(n -> new Push(imageWithNote(n), OCI, n))
                .toList();
        return List.of(
                first("no type at all", untyped(), null, SYNTAX, INVALID),
                first("a signature over another manifest", signedAs(image(OCI)), SCHEMA1_SIGNED, SYNTAX, INVALID),
                first("500 layers", image(OCI, config(), layers(500), ""), OCI, STORED, CREATED),
                first(
                        "501 layers",
                        image(OCI, config(), layers(501), ""),
                        OCI,
                        "InvalidParameterException: Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Limit on number of layers per image exceeded'",
                        INVALID),
                new Case(
                        "a tag too many",
                        ImageTagMutability.MUTABLE,
                        tags,
                        new Push(imageWithNote("a"), OCI, "v3"),
                        "LimitExceededException: Adding tag 'v3' to an image in the repository with name '%s' in registry with id '000000000000' exceeds the maximum allowed number of tags per image which is '2'",
                        "403 DENIED"),
                new Case(
                        "an image too many",
                        ImageTagMutability.MUTABLE,
                        images,
                        push(imageWithNote("d")),
                        "LimitExceededException: The repository with name '%s' in registry with id '000000000000' already has the maximum allowed number of images which is '3'",
                        "403 DENIED"),
                first("4 MiB", padded(4 << 20), OCI, STORED, CREATED),
                first(
                        "4 MiB and a byte",
                        padded((4 << 20) + 1),
                        OCI,
                        "InvalidParameterException: Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Member must have length less than or equal to 4194304'",
                        "413 MANIFEST_INVALID"));
    }

    private static Case first(String name, String manifest, @Nullable String type, String json, String v2) {
        return after(name, List.of(), manifest, type, json, v2);
    }

    private static Case after(
            String name, List<Push> before, String manifest, @Nullable String type, String json, String v2) {
        return new Case(name, ImageTagMutability.MUTABLE, before, new Push(manifest, type, "v1"), json, v2);
    }

    private static Push push(String manifest) {
        return new Push(manifest, OCI, "v1");
    }

    private static String untyped() {
        return image(OCI).replace("\"mediaType\":\"" + OCI + "\",\"config\"", "\"config\"");
    }

    private static String artifact() {
        return ",\"artifactType\":\"application/vnd.example\",\"subject\":" + descriptor(OCI, Manifests.ABSENT, 5);
    }

    private static String foreign() {
        return descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Manifests.ABSENT, 5)
                .replace("}", ",\"urls\":[\"https://example.com/layer\"]}");
    }

    private static String padded(int length) {
        var empty = imageWithNote("");
        return imageWithNote("x".repeat(length - empty.length()));
    }
}
