package entrepot.probe;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Bounds;
import entrepot.aws.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Inputs that the model allows, about what is not there.
///
/// @param repository a name that no repository has, or that of one that may be written to
record Samples(ApiModel model, String repository) {

    private static final String HEX = "0123456789abcdef".repeat(4);

    /// What fits the pattern of something, of which the first that does is taken.
    private List<String> texts() {
        return List.of(
                repository,
                "sha256:" + HEX,
                "01234567-89ab-cdef-0123-456789abcdef",
                "000000000000",
                "probe",
                "arn:aws:secretsmanager:us-east-1:000000000000:secret:ecr-pullthroughcache/probe",
                "arn:aws:iam::000000000000:user/probe",
                "arn:aws:kms:us-east-1:000000000000:key/01234567-89ab-cdef-0123-456789abcdef",
                "arn:aws:signer:us-east-1:000000000000:/signing-profiles/probe",
                "");
    }

    /// By the member's name, what has no pattern and cannot be any text.
    private Map<String, String> byName() {
        return Map.of(
                "name",
                "BLOB_MOUNTING",
                "value",
                "ENABLED",
                "imageDigest",
                "sha256:" + HEX,
                "resourceArn",
                "arn:aws:ecr:us-east-1:000000000000:repository/" + repository,
                "upstreamRegistryUrl",
                "public.ecr.aws",
                "lifecyclePolicyText",
                "{" + " ".repeat(100) + "}");
    }

    /// The members that must be there.
    Map<String, Object> structure(String shape) {
        var structure = model.structure(shape);
        var input = new LinkedHashMap<String, Object>();
        structure.members().forEach((name, member) -> {
            if (structure.required().contains(name)) {
                input.put(name, value(name, member));
            }
        });
        return input;
    }

    Object value(String member, String shape) {
        return switch (model.shape(shape)) {
            case Shape.Structure _ -> structure(shape);
            case Shape.ListOf list -> List.of(value(member, list.element()));
            case Shape.MapOf _ -> Map.of();
            case Shape.Text text -> text(member, text);
            case Shape.Whole whole -> Math.max(1, whole.bounds().least());
            case Shape.Decimal _, Shape.Time _ -> 1;
            case Shape.Flag _ -> false;
            case Shape.Blob _ -> "AAAA";
        };
    }

    private String text(String member, Shape.Text shape) {
        if (!shape.values().isEmpty()) {
            return shape.values().getFirst();
        }
        return Stream.concat(Stream.ofNullable(byName().get(member)), texts().stream())
                .filter(text -> fits(shape, text))
                .findFirst()
                .orElse("");
    }

    static boolean fits(Shape.Text shape, String text) {
        return isWithin(shape.bounds(), text.length()) && (shape.pattern() == null || text.matches(shape.pattern()));
    }

    private static boolean isWithin(Bounds bounds, int length) {
        return length >= bounds.least() && length <= bounds.most();
    }
}
