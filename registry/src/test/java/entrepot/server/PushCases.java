package entrepot.server;

import static entrepot.server.Manifests.DOCKER;
import static entrepot.server.Manifests.DOCKER_LIST;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static entrepot.server.Manifests.OCI_INDEX;
import static entrepot.server.Manifests.SCHEMA1;
import static entrepot.server.Manifests.SCHEMA1_SIGNED;
import static entrepot.server.Manifests.child;
import static entrepot.server.Manifests.config;
import static entrepot.server.Manifests.descriptor;
import static entrepot.server.Manifests.digest;
import static entrepot.server.Manifests.image;
import static entrepot.server.Manifests.imageWithNote;
import static entrepot.server.Manifests.index;
import static entrepot.server.Manifests.layer;
import static entrepot.server.Manifests.layers;
import static entrepot.server.Manifests.schema1;
import static entrepot.server.Manifests.schema1Signed;
import static software.amazon.awssdk.services.ecr.model.ImageTagMutability.IMMUTABLE;
import static software.amazon.awssdk.services.ecr.model.ImageTagMutability.MUTABLE;

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
        return Stream.of(kinds(), laws(), absences(), repeats(), references(), children(), malformed(), limits())
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

    /// Members that are there to say that they are not.
    private static List<Case> absences() {
        var image = Stream.of("subject", "manifests", "annotations", "artifactType")
                .map(name -> absent("in an image: " + name, imageWith(",\"" + name + "\":null"), OCI));
        var index = Stream.of("subject", "layers", "config", "annotations", "artifactType")
                .map(name -> absent(
                        "in an index: " + name, index(OCI_INDEX).replace("}", ",\"" + name + "\":null}"), OCI_INDEX));
        var others = Stream.of(
                absent("an empty artifactType", imageWith(",\"artifactType\":\"\""), OCI),
                absent("a mediaType of null", image(OCI).replace("\"" + OCI + "\"", "null"), OCI),
                absent("an empty mediaType", image(OCI).replace("\"" + OCI + "\"", "\"\""), OCI),
                absent("urls of null", imageOf(layer().replace("}", ",\"urls\":null}")), OCI),
                absent("manifests of null", index(OCI_INDEX).replace("[]", "null"), OCI_INDEX),
                absent("no manifests", index(OCI_INDEX).replace(",\"manifests\":[]", ""), OCI_INDEX),
                absent("layers of null", image(OCI).replaceFirst("\"layers\":.*", "\"layers\":null}"), OCI));
        var noLayers = first(
                "absent: no layers",
                image(OCI).replaceFirst(",\"layers\":.*", "}"),
                OCI,
                "InvalidParameterException: Invalid parameter at 'ImageManifest' failed to satisfy constraint:"
                        + " 'Image has to have at least 1 layer'",
                CREATED);
        return Stream.of(image, index, others, Stream.of(noLayers))
                .flatMap(cases -> cases)
                .toList();
    }

    private static Case absent(String name, String manifest, String type) {
        return first("absent: " + name, manifest, type, SYNTAX + ". '", CREATED);
    }

    private static List<Case> repeats() {
        var a = imageWithNote("a");
        var pushed = List.of(push(a));
        return List.of(
                after("the same again", pushed, a, OCI, alreadyThere(a, "v1"), CREATED),
                new Case("the same again, immutable", IMMUTABLE, pushed, push(a), alreadyThere(a, "v1"), CREATED),
                new Case(
                        "the same by digest",
                        MUTABLE,
                        pushed,
                        new Push(a, OCI, digest(a)),
                        alreadyThere(a, "null"),
                        CREATED),
                new Case("one by digest", MUTABLE, List.of(), new Push(a, OCI, digest(a)), STORED, CREATED),
                new Case("a second tag for the same", IMMUTABLE, pushed, new Push(a, OCI, "v2"), STORED, CREATED),
                after("another under a mutable tag", pushed, imageWithNote("b"), OCI, STORED, CREATED),
                new Case(
                        "another under an immutable tag",
                        IMMUTABLE,
                        pushed,
                        push(imageWithNote("b")),
                        "ImageTagAlreadyExistsException: The image tag 'v1' already exists in the '%s' repository and cannot"
                                + " be overwritten because the tag is immutable.",
                        "400 TAG_INVALID"),
                new Case(
                        "one whose type was told before",
                        MUTABLE,
                        List.of(new Push(untyped(), OCI, "v1")),
                        new Push(untyped(), null, "v2"),
                        STORED,
                        CREATED));
    }

    private static String alreadyThere(String manifest, String tag) {
        return "ImageAlreadyExistsException: Image with digest '" + digest(manifest) + "' and tag '" + tag
                + "' already exists in the repository with name '%s' in registry with id '000000000000'";
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
                        MUTABLE,
                        List.of(),
                        new Push(image(OCI), OCI, absent),
                        "ImageDigestDoesNotMatchException: The image with digest '" + absent
                                + "' in repository '%s' and registry ID '000000000000' does not match the image digest that Amazon ECR has calculated.",
                        INVALID));
    }

    private static List<Case> children() {
        return List.of(
                otherChild("a child under the media type of an index", OCI_INDEX),
                otherChild("a child under Docker's media type", DOCKER),
                otherChild("a child under a media type of somebody's own", "application/x"));
    }

    private static Case otherChild(String name, String type) {
        var image = imageWithNote("child");
        return after(
                name,
                List.of(push(image)),
                index(OCI_INDEX, child(type, image)),
                OCI_INDEX,
                "%s. %s is %s, and not %s".formatted(SYNTAX, digest(image), OCI, type),
                INVALID);
    }

    /// It would have the other one's digest.
    private static String signedAs(String other) {
        return schema1Signed(0, other);
    }

    private static List<Case> malformed() {
        return Stream.concat(malformedJson(), malformedMembers()).toList();
    }

    private static Case malformed(String name, String manifest) {
        return first("malformed: " + name, manifest, OCI, SYNTAX, INVALID);
    }

    private static Stream<Case> malformedJson() {
        return Stream.of(
                malformed("not JSON", "layers"),
                malformed("an array", "[]"),
                malformed("null", "null"),
                malformed("cut short", image(OCI).substring(0, 90)),
                malformed("followed by more", image(OCI) + "{}"),
                malformed("a name twice", imageWith(",\"schemaVersion\":2")),
                malformed("deeply nested", "[".repeat(100_000)),
                malformed("deep inside", imageWith(",\"annotations\":" + "{\"a\":".repeat(100_000))),
                malformed("layers and manifests", imageWith(",\"manifests\":[]")),
                malformed("a subject of text", imageWith(",\"subject\":\"x\"")),
                malformed("a type unlike the one declared", image(DOCKER)),
                malformed("a type that nobody knows", image("application/vnd.oci.artifact.manifest.v1+json")));
    }

    private static Stream<Case> malformedMembers() {
        return Stream.of(
                malformed("no schemaVersion", image(OCI).replace("\"schemaVersion\":2,", "")),
                malformed("schemaVersion 1", image(OCI).replace("\"schemaVersion\":2", "\"schemaVersion\":1")),
                malformed("schemaVersion of text", image(OCI).replace("Version\":2", "Version\":\"2\"")),
                malformed("layers of no list", image(OCI).replace("\"layers\":[", "\"layers\":{},\"x\":[")),
                malformed("no config", image(OCI, "null", layer(), "")),
                malformed("a layer of null", imageOf("null")),
                malformed("a digest of null", imageOf(layer().replaceFirst("\"sha256:[^\"]*\"", "null"))),
                malformed("a size of null", imageOf(layer().replace("size\":9", "size\":null"))),
                malformed("an empty media type for a layer", imageOf(descriptor("", digest(LAYER), 9))),
                malformed("layers of text", image(OCI).replaceFirst("\"layers\":.*", "\"layers\":\"\"}")),
                malformed("an empty subject", imageWith(",\"subject\":{}")),
                malformed("an artifactType of a number", imageWith(",\"artifactType\":0")),
                malformed("a layer of text", imageOf("\"layer\"")),
                malformed("a negative size", imageOf(descriptor("application/x", digest(LAYER), -1))),
                malformed("a size unlike the blob's", imageOf(descriptor("application/x", digest(LAYER), 8))),
                malformed("a huge size", imageOf(layer().replace("size\":9", "size\":99999999999999999999"))),
                malformed("a size with a fraction", imageOf(layer().replace("size\":9", "size\":9.0"))),
                malformed("a path for a digest", imageOf(descriptor("application/x", "sha256:../../etc/passwd", 9))),
                malformed("another algorithm", imageOf(descriptor("application/x", "md5:" + "0".repeat(32), 9))),
                malformed("no media type for a layer", imageOf(layer().replace("mediaType", "x"))),
                malformed("a line break in a media type", imageOf(descriptor("a/b\\r\\nX: y", digest(LAYER), 9))));
    }

    private static String imageOf(String layer) {
        return image(OCI, config(), layer, "");
    }

    private static String imageWith(String more) {
        return image(OCI, config(), layer(), more);
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
                        MUTABLE,
                        tags,
                        new Push(imageWithNote("a"), OCI, "v3"),
                        "LimitExceededException: Adding tag 'v3' to an image in the repository with name '%s' in registry with id '000000000000' exceeds the maximum allowed number of tags per image which is '2'",
                        "403 DENIED"),
                new Case(
                        "an image too many",
                        MUTABLE,
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
        return new Case(name, MUTABLE, before, new Push(manifest, type, "v1"), json, v2);
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
