package entrepot.probe;

import java.util.List;

/// How layers are uploaded, part by part.
///
/// Source: ECR API, UploadLayerPart and its neighbours; the texts as users of ECR have shown them.
record LayerProbes(Scratch scratch) {

    private static final long PART_SIZE = 10_485_760;

    void run() {
        begin();
        parts();
        completion();
        availability();
    }

    private void begin() {
        scratch.see(
                "InitiateLayerUpload",
                "the size of parts",
                Expectation.good(
                        "partSize " + PART_SIZE,
                        heard -> heard.json().path("partSize").asLong(0) == PART_SIZE));
    }

    private void parts() {
        var upload = scratch.begin();
        scratch.part(
                "the first part",
                upload,
                0,
                "first",
                Expectation.good(
                        "lastByteReceived 4",
                        heard -> heard.json().path("lastByteReceived").asLong(0) == 4));
        scratch.part(
                "a part behind a gap",
                upload,
                9,
                "later",
                Expectation.refusal("InvalidLayerPartException")
                        .saying("First byte of the layer part is 9 instead of 5"));
        scratch.part(
                "an upload that there is not",
                "01234567-89ab-cdef-0123-456789abcdef",
                0,
                "x",
                Expectation.refusal("UploadNotFoundException"));
        scratch.part("a second part", upload, 5, "later", Expectation.good());
        scratch.complete(
                "a small part that is not the last",
                upload,
                Scratch.digest("firstlater"),
                Expectation.refusal("LayerPartTooSmallException")
                        .saying("All layer parts except the last part should be at least 5MB"));
    }

    private void completion() {
        scratch.complete(
                "an upload without parts",
                scratch.begin(),
                Scratch.digest(""),
                Expectation.refusal("EmptyUploadException")
                        .saying("cannot be completed because it does not have any parts"));
        var upload = scratch.begin();
        scratch.part("the first part", upload, 0, Scratch.LAYER, Expectation.good());
        scratch.complete(
                "another digest",
                upload,
                Scratch.ABSENT,
                Expectation.refusal("InvalidLayerException")
                        .saying("None of the provided layer digests match the calculated layer digest"));
        scratch.complete("a layer", upload, Scratch.digest(Scratch.LAYER), Expectation.good());
        scratch.push(Scratch.CONFIG);
        var again = scratch.begin();
        scratch.part("the first part", again, 0, Scratch.LAYER, Expectation.good());
        scratch.complete(
                "a layer that is there",
                again,
                Scratch.digest(Scratch.LAYER),
                Expectation.refusal("LayerAlreadyExistsException"));
    }

    private void availability() {
        availability("a layer that is there", Scratch.digest(Scratch.LAYER), "AVAILABLE");
        availability("a layer that is not there", Scratch.ABSENT, "UNAVAILABLE");
        scratch.see(
                "GetDownloadUrlForLayer",
                "a layer that is not there",
                Expectation.refusal("LayersNotFoundException")
                        .saying("The layer with digest '" + Scratch.ABSENT
                                + "' does not exist within the repository with name '" + scratch.name()
                                + "' in the registry with id '"),
                "layerDigest",
                Scratch.ABSENT);
    }

    private void availability(String point, String digest, String availability) {
        scratch.see(
                "BatchCheckLayerAvailability",
                point,
                Expectation.good(
                        "layerAvailability " + availability,
                        heard -> heard.json()
                                .path("layers")
                                .path(0)
                                .path("layerAvailability")
                                .asString("")
                                .equals(availability)),
                "layerDigests",
                List.of(digest));
    }
}
