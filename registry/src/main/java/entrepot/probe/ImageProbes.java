package entrepot.probe;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/// PutImage: what is there already, and what is asked, against what comes of it; then what is deleted.
///
/// Source: ECR API, PutImage and BatchDeleteImage; the texts as users of ECR have shown them.
record ImageProbes(Scratch scratch) {

    private static final int MOST_LAYERS = 500;
    private static final String FIRST = Scratch.image("first");
    private static final String SECOND = Scratch.image("second");
    private static final String INVALID = "Invalid parameter at 'ImageManifest' failed to satisfy constraint: '";

    void run() {
        matrix();
        immutable();
        refusals();
        manifests();
        removals();
    }

    private void matrix() {
        scratch.put("a new image and a new tag", FIRST, "v1", Expectation.good());
        scratch.put(
                "the same image, the same tag",
                FIRST,
                "v1",
                Expectation.refusal("ImageAlreadyExistsException")
                        .saying(
                                "Image with digest '%s' and tag 'v1' already exists in the repository with name '%s' in registry with id '"
                                        .formatted(Scratch.digest(FIRST), scratch.name())));
        scratch.put("the same image, another tag", FIRST, "v2", Expectation.good());
        scratch.put("another image, a tag that is taken", SECOND, "v2", Expectation.good());
        scratch.see(
                "PutImage",
                "a new image without a tag",
                Expectation.good(),
                "imageManifest",
                Scratch.image("untagged"));
        scratch.see(
                "PutImage",
                "the same image without a tag",
                Expectation.refusal("ImageAlreadyExistsException"),
                "imageManifest",
                FIRST);
        scratch.see(
                "PutImage",
                "what is stored is what was sent",
                Expectation.good(
                        "imageManifest as it was sent",
                        heard -> heard.json()
                                .path("image")
                                .path("imageManifest")
                                .asString("")
                                .equals(FIRST + "\n")),
                "imageManifest",
                FIRST + "\n",
                "imageTag",
                "newline");
    }

    private void immutable() {
        scratch.see("PutImageTagMutability", "IMMUTABLE", Expectation.good(), "imageTagMutability", "IMMUTABLE");
        scratch.put(
                "the same image, the same tag, immutable",
                FIRST,
                "v1",
                Expectation.refusal("ImageAlreadyExistsException", "ImageTagAlreadyExistsException"));
        scratch.put(
                "another image, a tag that is taken, immutable",
                SECOND,
                "v1",
                Expectation.refusal("ImageTagAlreadyExistsException")
                        .saying("The image tag 'v1' already exists in the '" + scratch.name()
                                + "' repository and cannot be overwritten because the"));
        scratch.put("the same image, another tag, immutable", FIRST, "v3", Expectation.good());
        scratch.see("PutImageTagMutability", "MUTABLE", Expectation.good(), "imageTagMutability", "MUTABLE");
    }

    private void refusals() {
        var required = " required for pushing image into repository with name '" + scratch.name()
                + "' in the registry with id '";
        scratch.put(
                "a layer that is missing",
                Scratch.image(Scratch.descriptor("application/x", Scratch.ABSENT, 5), ""),
                "missing",
                Expectation.refusal("LayersNotFoundException")
                        .saying("Layers with digests '[" + Scratch.ABSENT + "]'" + required));
        scratch.put(
                "a child that is missing",
                Scratch.index(Scratch.descriptor(Scratch.IMAGE, Scratch.ABSENT, 5)),
                "missing",
                Expectation.refusal("ReferencedImagesNotFoundException")
                        .saying("Images with digests '[" + Scratch.ABSENT + "]'" + required));
        scratch.see(
                "PutImage",
                "another digest",
                Expectation.refusal("ImageDigestDoesNotMatchException")
                        .saying("The image with digest '%s' in repository '%s' and registry ID '"
                                .formatted(Scratch.ABSENT, scratch.name())),
                "imageManifest",
                Scratch.image("digest"),
                "imageDigest",
                Scratch.ABSENT);
    }

    private void manifests() {
        invalid("a manifest that is no JSON", "{", "Invalid JSON syntax");
        invalid("an image without layers", Scratch.image("", ""), "Image has to have at least 1 layer");
        invalid(
                "a media type with a parameter",
                Scratch.image(Scratch.descriptor("application/x;version=1", Scratch.LAYER), ""),
                "Invalid JSON syntax");
        invalid(
                "an image of " + (MOST_LAYERS + 1) + " layers",
                Scratch.image(String.join(",", Collections.nCopies(MOST_LAYERS + 1, Scratch.layer())), ""),
                "Limit on number of layers per image exceeded");
        scratch.see(
                "PutImage",
                "a manifest that says nothing of itself",
                Expectation.refusal("InvalidParameterException").saying(INVALID + "Invalid JSON syntax'"),
                "imageManifest",
                Scratch.image("untyped").replace("\"mediaType\":\"" + Scratch.IMAGE + "\",", ""));
    }

    private void invalid(String point, String manifest, String constraint) {
        scratch.put(
                point,
                manifest,
                "invalid",
                Expectation.refusal("InvalidParameterException").saying(INVALID + constraint + "'"));
    }

    private void removals() {
        scratch.see(
                "DescribeImages",
                "an image that is not there",
                Expectation.refusal("ImageNotFoundException")
                        .saying("The image with imageId {imageDigest:'null', imageTag:'absent'} does not exist within"
                                + " the repository with name '" + scratch.name() + "' in the registry with id '"),
                "imageIds",
                Scratch.tagged("absent"));
        failure("BatchGetImage", "an image that is not there", Map.of("imageTag", "absent"), "ImageNotFound");
        failure("BatchDeleteImage", "an image that is not there", Map.of("imageTag", "absent"), "ImageNotFound");
        failure("BatchDeleteImage", "neither tag nor digest", Map.of(), "MissingDigestAndTag");
        failure("BatchDeleteImage", "a digest that is none", Map.of("imageDigest", "none"), "InvalidImageDigest");
        scratch.put("an index", Scratch.index(Scratch.descriptor(Scratch.IMAGE, FIRST)), "index", Expectation.good());
        failure(
                "BatchDeleteImage",
                "what an index names",
                Map.of("imageDigest", Scratch.digest(FIRST)),
                "ImageReferencedByManifestList");
        scratch.see("BatchDeleteImage", "a tag", Expectation.good(), "imageIds", Scratch.tagged("v3"));
    }

    private void failure(String operation, String point, Map<String, String> image, String code) {
        scratch.see(operation, point, Expectation.failure(code), "imageIds", List.of(image));
    }
}
