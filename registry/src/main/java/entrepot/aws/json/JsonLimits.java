package entrepot.aws.json;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Bounds;
import entrepot.aws.model.Shape;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// How much of a JSON document is held in memory, where the model itself sets no bound.
final class JsonLimits {

    /// Elements of a list; ECR's largest documented one has 1,000.
    static final int LONGEST_LIST = 1_000;

    /// UTF-16 units of a text.
    static final int LONGEST_TEXT = 1 << 16;

    private static final int DEEPEST = 100;
    private static final JsonFactory SMALL = build(LONGEST_TEXT);
    private static final JsonFactory MANIFEST = build(4 << 20);

    private JsonLimits() {}

    static long longest(Shape.ListOf list) {
        return Math.min(list.bounds().most(), LONGEST_LIST);
    }

    static long longest(Shape.Text text) {
        return text.bounds().most() == Long.MAX_VALUE
                ? LONGEST_TEXT
                : text.bounds().most();
    }

    /// The shape, where a text has a bound.
    static Shape bounded(Shape shape) {
        return shape instanceof Shape.Text text && text.bounds().most() == Long.MAX_VALUE
                ? new Shape.Text(new Bounds(text.bounds().least(), LONGEST_TEXT), text.pattern(), text.values())
                : shape;
    }

    /// For documents of this structure. Only a manifest is longer than other texts may be.
    static JsonFactory factory(ApiModel model, Shape.Structure structure) {
        return structure.members().values().stream().map(model::shape).anyMatch(JsonLimits::isManifest)
                ? MANIFEST
                : SMALL;
    }

    private static boolean isManifest(Shape shape) {
        return shape instanceof Shape.Text text && longest(text) > LONGEST_TEXT;
    }

    private static JsonFactory build(int longestText) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(longestText)
                        .maxNumberLength(100)
                        .build())
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .build();
    }
}
