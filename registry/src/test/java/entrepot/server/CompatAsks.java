package entrepot.server;

import static entrepot.server.Manifests.ABSENT;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static entrepot.server.Manifests.OCI_INDEX;
import static entrepot.server.Manifests.config;
import static entrepot.server.Manifests.descriptor;
import static entrepot.server.Manifests.digest;
import static entrepot.server.Manifests.image;
import static entrepot.server.Manifests.index;
import static entrepot.server.Manifests.layer;
import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Difference;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/// What is asked to see a [Difference], by either door, and what the answer is by each value of `compat`.
final class CompatAsks {

    static final String NO_FORM = "-";
    private static final String SERVED = "served";
    private static final String UNSUPPORTED = "405 UNSUPPORTED";
    private static final String INVALID = "InvalidParameterException";
    private static final String EMPTY = digest(new byte[0]);

    /// A question at either door, each asked in a repository of its own.
    ///
    /// @param json answers in short what came back; of one that has no form there, always `-`
    record Ask(Function<CompatSide, String> json, Function<CompatSide, String> v2) {}

    /// The answers.
    record Answers(String json, String jsonAsEcr, String v2, String v2AsEcr) {}

    /// All of it for one row.
    record Row(Ask ask, Answers answers) {}

    private final Map<Difference, Row> rows = new EnumMap<>(Difference.class);

    private CompatAsks() {
        manifests();
        whatManifestsName();
        repeats();
        layers();
        chunks();
        pulls();
        lists();
        otherPages();
        logins();
    }

    static Map<Difference, Row> all() {
        return new CompatAsks().rows;
    }

    private void manifests() {
        put(Difference.IMAGE_WITHOUT_LAYERS, manifest(image(OCI, config(), "", ""), OCI), INVALID, "201", UNSUPPORTED);
        put(
                Difference.MEDIA_TYPE_PARAMETER,
                manifest(image(OCI, config(), descriptor("a/x;v=1", digest(LAYER), LAYER.length), ""), OCI),
                INVALID,
                "201",
                UNSUPPORTED);
        put(
                Difference.NULL_MEMBER,
                manifest(image(OCI, config(), layer(), ",\"annotations\":null"), OCI),
                INVALID,
                "201",
                UNSUPPORTED);
        put(Difference.UNREADABLE_MANIFEST, manifest("{", OCI), INVALID, "400 MANIFEST_INVALID", UNSUPPORTED);
        put(
                Difference.LARGE_MANIFEST,
                manifest(image(OCI) + " ".repeat(CompatTest.MANIFEST_BYTES), OCI),
                INVALID,
                "413 MANIFEST_INVALID",
                UNSUPPORTED);
    }

    private void whatManifestsName() {
        put(
                Difference.MISSING_LAYER,
                manifest(image(OCI, config(), descriptor("a/x", ABSENT, 5), ""), OCI),
                "LayersNotFoundException",
                "404 MANIFEST_BLOB_UNKNOWN",
                "404 BLOB_UPLOAD_UNKNOWN");
        put(
                Difference.MISSING_CHILD,
                manifest(index(OCI_INDEX, layer()), OCI_INDEX),
                "ReferencedImagesNotFoundException",
                "404 MANIFEST_BLOB_UNKNOWN",
                "400 MANIFEST_BLOB_UNKNOWN");
        put(
                Difference.EXPLANATION,
                new Ask(
                        side -> said(side.message(() -> side.putByJson("[", OCI, "v1"))
                                .endsWith("syntax'")),
                        side -> said(!side.send("PUT", side.manifest("v1"), "[", "Content-Type", OCI)
                                .body()
                                .contains("\"detail\""))),
                new Answers("explained", "alone", "explained", "alone"));
    }

    private void repeats() {
        put(Difference.SAME_AGAIN, again(ImageTagMutability.MUTABLE), "ImageAlreadyExistsException", "201", "201");
        put(
                Difference.SAME_IMMUTABLE_TAG,
                again(ImageTagMutability.IMMUTABLE),
                "ImageAlreadyExistsException",
                "201",
                "400 TAG_INVALID");
        put(
                Difference.LAST_TAG,
                new Ask(
                        side -> side.with(image(OCI), "v1")
                                        .json(() -> side.ecr()
                                                .batchDeleteImage(r -> r.repositoryName(side.repository())
                                                        .imageIds(ImageIdentifier.builder()
                                                                .imageTag("v1")
                                                                .build())))
                                + side.images(),
                        side -> side.with(image(OCI), "v1").v2("DELETE", side.manifest("v1")) + " " + side.images()),
                new Answers("served0", "served0", "202 1", "202 0"));
    }

    private static Ask again(ImageTagMutability mutability) {
        return new Ask(
                side -> side.mutable(mutability)
                        .with(image(OCI), "v1")
                        .json(() -> side.putByJson(image(OCI), OCI, "v1")),
                side -> side.mutable(mutability).with(image(OCI), "v1").putByV2(image(OCI), OCI, "v1"));
    }

    private void layers() {
        put(
                Difference.EMPTY_BLOB,
                new Ask(
                        side -> side.json(() -> side.complete(side.begin(), EMPTY)),
                        side -> side.v2("PUT", side.location() + "?digest=" + EMPTY)),
                new Answers("EmptyUploadException", "EmptyUploadException", "201", "400 BLOB_UPLOAD_INVALID"));
        put(
                Difference.SMALL_PART,
                new Ask(CompatAsks::smallPartByJson, CompatAsks::smallPartByV2),
                new Answers(
                        "LayerPartTooSmallException", "LayerPartTooSmallException", "201", "400 BLOB_UPLOAD_INVALID"));
        put(
                Difference.NUMBER_OF_PARTS,
                new Ask(side -> side.json(() -> side.parts(side.begin(), CompatTest.PARTS + 1)), side -> {
                    var location = side.location();
                    IntStream.range(0, CompatTest.PARTS).forEach(i -> side.chunk(location, i, "x"));
                    return side.chunk(location, CompatTest.PARTS, "x").replace("201", "202");
                }),
                new Answers("LimitExceededException", "LimitExceededException", "202", "403 DENIED"));
        put(
                Difference.SAME_PART_AGAIN,
                new Ask(
                        side -> {
                            var upload = side.begin();
                            side.part(upload, 0, "part");
                            return side.json(() -> side.part(upload, 0, "part"));
                        },
                        side -> {
                            var location = side.location();
                            side.chunk(location, 0, "part");
                            return side.chunk(location, 0, "part");
                        }),
                new Answers(SERVED, "InvalidLayerPartException", "416 BLOB_UPLOAD_INVALID", "416 BLOB_UPLOAD_INVALID"));
    }

    private static String smallPartByJson(CompatSide side) {
        var upload = side.begin();
        side.parts(upload, 2);
        return side.json(() -> side.complete(upload, digest("xx")));
    }

    private static String smallPartByV2(CompatSide side) {
        var location = side.location();
        side.chunk(location, 0, "x");
        side.chunk(location, 1, "x");
        return side.v2("PUT", location + "?digest=" + digest("xx"));
    }

    private void chunks() {
        v2(Difference.CHUNK_STATUS, side -> side.chunk(side.location(), 0, "chunk"), "202", "201");
        v2(
                Difference.CHUNK_RANGE,
                side -> side.header("Range", side.send("PATCH", side.location(), "x".repeat(11 << 20))),
                "0-11534335",
                "0-10485759");
        v2(
                Difference.CHUNK_LENGTH,
                side -> side.header("OCI-Chunk-Min-Length", side.send("POST", side.path("blobs/uploads/"), "")),
                "5242880",
                "10485760");
        v2(Difference.UPLOAD_STATUS, side -> side.v2("GET", side.location()), "204", "404 BLOB_UPLOAD_UNKNOWN");
        v2(Difference.MOUNT, CompatAsks::mount, "201, 201, 201", "202, 202, 201");
        v2(Difference.BLOB_DELETION, side -> side.v2("DELETE", side.blob(digest(LAYER))), "202", UNSUPPORTED);
    }

    /// Of what no manifest names; of what one does, without saying whose; and with.
    private static String mount(CompatSide side) {
        var target = side.another();
        var path = target.path("blobs/uploads/?mount=" + digest("layer of " + side.repository()));
        side.server().push(side.repository(), ("layer of " + side.repository()).getBytes(UTF_8));
        var unnamed = target.v2("POST", path + "&from=" + side.repository());
        side.with(
                image(
                        OCI,
                        config(),
                        descriptor(
                                "a/x",
                                digest("layer of " + side.repository()),
                                ("layer of " + side.repository()).length()),
                        ""),
                "v1");
        var third = side.another();
        var ofAny = third.v2("POST", third.path("blobs/uploads/?mount=" + digest("layer of " + side.repository())));
        return unnamed + ", " + ofAny + ", " + target.v2("POST", path + "&from=" + side.repository());
    }

    private void pulls() {
        put(
                Difference.UNNAMED_LAYER,
                new Ask(
                        side -> side.json(() -> side.ecr()
                                .getDownloadUrlForLayer(
                                        r -> r.repositoryName(side.repository()).layerDigest(digest(LAYER)))),
                        side -> side.v2("GET", side.blob(digest(LAYER)))),
                new Answers(SERVED, "LayerInaccessibleException", "200", "404 BLOB_UNKNOWN"));
        v2(Difference.BLOB_REDIRECT, CompatAsks::redirect, "200 one layer", "307 one layer");
        v2(
                Difference.MANIFEST_DIGEST,
                side -> side.with(image(OCI), "v1")
                                .header("Docker-Content-Digest", side.send("GET", side.manifest("v1"), ""))
                        + " "
                        + side.header("Docker-Content-Digest", side.send("HEAD", side.manifest("v1"), "")),
                digest(image(OCI)) + " " + digest(image(OCI)),
                " " + digest(image(OCI)));
        v2(
                Difference.PRECONDITION,
                side -> side.with(image(OCI), "v1").v2("GET", side.manifest("v1"), "If-None-Match", "*"),
                "304",
                "200");
        put(
                Difference.MANIFEST_WITHOUT_KEY,
                new Ask(
                        side -> side.sealed().with(image(OCI), "v1").locked().failure("v1"),
                        side -> side.sealed().with(image(OCI), "v1").locked().v2("GET", side.manifest("v1"))),
                new Answers("KmsError", "KmsError", "403 DENIED", "403 DENIED"));
    }

    /// Whoever follows needs no login.
    private static String redirect(CompatSide side) {
        var answer = side.with(image(OCI), "v1").send("GET", side.blob(digest(LAYER)), "");
        var location = side.header("Location", answer);
        var body = location.isEmpty()
                ? answer.body()
                : side.server()
                        .anonymous(URI.create(location).getRawPath() + "?"
                                + URI.create(location).getRawQuery())
                        .body();
        return answer.statusCode() + " " + body;
    }

    private void lists() {
        put(
                Difference.LONG_PAGE,
                new Ask(
                        side -> side.json(() -> side.ecr()
                                .listImages(
                                        r -> r.repositoryName(side.repository()).maxResults(1001))),
                        side -> side.v2("GET", side.path("tags/list?n=1001"))),
                new Answers(INVALID, INVALID, "200", UNSUPPORTED));
        put(
                Difference.USUAL_PAGE,
                new Ask(
                        side -> ""
                                + side.tagged(101)
                                        .ecr()
                                        .listImages(r -> r.repositoryName(side.repository()))
                                        .imageIds()
                                        .size(),
                        side -> ""
                                + (side.tagged(101)
                                                .send("GET", side.path("tags/list"), "")
                                                .body()
                                                .split("\"t")
                                                .length
                                        - 2)),
                new Answers("100", "100", "101", "100"));
    }

    private void otherPages() {
        v2(Difference.PAGING, CompatAsks::paging, "by name: t0003", "by token: t0003");
        v2(
                Difference.TAG_LIST_TYPE,
                side -> side.header("Content-Type", side.send("GET", side.path("tags/list"), "")),
                "application/json",
                "text/plain; charset=utf-8");
        put(
                Difference.PAGE_OF_REFERRERS,
                new Ask(
                        side -> side.json(() -> side.ecr()
                                .listImageReferrers(r -> r.repositoryName(side.repository())
                                        .subjectId(s -> s.imageDigest(ABSENT))
                                        .maxResults(51))),
                        side -> side.v2("GET", side.path("referrers/" + ABSENT + "?n=51")) + ", "
                                + side.v2("GET", side.path("referrers/" + ABSENT))),
                new Answers(INVALID, INVALID, "200, 200", UNSUPPORTED + ", 200"));
    }

    private static String paging(CompatSide side) {
        var link = side.tagged(3).header("Link", side.send("GET", side.path("tags/list?n=2"), ""));
        var target = link.replaceAll("^<(http://[^/]*)?|>.*$", "");
        var by = link.startsWith("</v2/") && link.contains("last=t0002&") ? "by name: " : "by token: ";
        var next = side.send("GET", target, "").body();
        return by + next.replaceAll("(?s).*\\[\"|\"].*", "");
    }

    private void logins() {
        v2(
                Difference.NO_LOGIN,
                side -> Arrays.stream(side.server().anonymous("/v2/").body().split("\"", -1))
                        .filter(text -> text.startsWith("Not") || text.equals("errors"))
                        .collect(Collectors.joining(" ")),
                "errors Not Authorized",
                "Not Authorized\n");
    }

    private static String said(boolean alone) {
        return alone ? "alone" : "explained";
    }

    private static Ask manifest(String manifest, String type) {
        return new Ask(
                side -> side.json(() -> side.putByJson(manifest, type, "v1")),
                side -> side.putByV2(manifest, type, "v1"));
    }

    private void put(Difference difference, Ask ask, Answers answers) {
        rows.put(difference, new Row(ask, answers));
    }

    /// One that the JSON API answers alike.
    private void put(Difference difference, Ask ask, String json, String v2, String v2AsEcr) {
        put(difference, ask, new Answers(json, json, v2, v2AsEcr));
    }

    /// One that only `/v2` has a form for.
    private void v2(Difference difference, Function<CompatSide, String> ask, String v2, String v2AsEcr) {
        put(difference, new Ask(_ -> NO_FORM, ask), NO_FORM, v2, v2AsEcr);
    }
}
